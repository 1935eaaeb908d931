import { describe, expect, it } from 'vitest';
import { averageOverSeeds, getMetricValues, toRunValues } from './query-values.js';
import type { StoredResult } from './result.js';

const kept = { experiment: 'r', protocol: { hash: 'abc' }, seeds: [1, 2] } as unknown as StoredResult;
const run = (...auc: number[]) =>
  toRunValues({ users: Int32Array.of(3, 5), values: { auc: Float64Array.from(auc), rmse: new Float64Array(99) } }, [
    'auc',
  ]);

describe('queryValues', () => {
  it('are means over runs, of metrics with one value per user', () => {
    const values = averageOverSeeds(kept, [run(0.2, Number.NaN), run(0.3, 0.5)])!;
    expect(values).toEqual({
      experiment: 'r',
      protocol: 'abc',
      seeds: [1, 2],
      users: [3, 5],
      metrics: { auc: [0.25, null] },
    });
    expect([...getMetricValues(values, 'auc')]).toEqual([0.25, Number.NaN]);
  });

  it('are not kept where there is nothing to keep', () => {
    expect(averageOverSeeds(kept, [toRunValues({ users: Int32Array.of(1), values: {} }, [])])).toBeUndefined();
  });

  it('name the metrics there are', () =>
    expect(() => getMetricValues(averageOverSeeds(kept, [run(1, 1)])!, 'mrr')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight compare: expected one of auc, received mrr for r.]`,
    ));
});
