import { describe, expect, it } from 'vitest';
import { averageOverSeeds, getMetricValues, toRunValues } from './query-values.js';
import type { StoredResult } from './result.js';

const stored = { experiment: 'r', protocol: { hash: 'abc' }, seeds: [1, 2] } as unknown as StoredResult;
const run = (...auc: number[]) =>
  toRunValues({ users: Int32Array.of(3, 5), values: { auc: Float64Array.from(auc), rmse: new Float64Array(99) } }, [
    'auc',
  ]);

describe('averageOverSeeds', () => {
  it('averages rank metrics over runs, user by user', () => {
    const values = averageOverSeeds(stored, [run(0.2, Number.NaN), run(0.3, 0.5)])!;
    expect(values).toEqual({
      experiment: 'r',
      protocol: 'abc',
      seeds: [1, 2],
      users: [3, 5],
      metrics: { auc: [0.25, null] },
    });
    expect([...getMetricValues(values, 'auc')]).toEqual([0.25, Number.NaN]);
  });

  it('keeps the user of each query, and refuses to average queries of other users', () => {
    const windows = (...queryUsers: number[]) =>
      toRunValues(
        {
          users: Int32Array.of(0, 1),
          queryUsers: Int32Array.from(queryUsers),
          values: { auc: Float64Array.of(0.5, 1) },
        },
        ['auc'],
      );
    expect(averageOverSeeds(stored, [windows(7, 7), windows(7, 7)])).toMatchObject({
      users: [0, 1],
      queryUsers: [7, 7],
    });
    expect(averageOverSeeds(stored, [windows(7, 7), windows(7, 8)])).toBeUndefined();
  });

  it('returns undefined without rank metrics', () => {
    expect(averageOverSeeds(stored, [toRunValues({ users: Int32Array.of(1), values: {} }, [])])).toBeUndefined();
  });

  it('lists the metrics when one is unknown', () =>
    expect(() => getMetricValues(averageOverSeeds(stored, [run(1, 1)])!, 'mrr')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight compare: expected one of auc, received mrr for r.]`,
    ));
});
