import { describe, expect, it } from 'vitest';
import { createMetricColumns } from './metric-columns.js';
import type { ExperimentResult } from './result.js';

const ours = (mean: number) => ({ mean, standardError: 0.01, values: [mean] });
const result = (more: Partial<ExperimentResult> = {}) =>
  ({ experiment: 'a', metrics: { mrr: ours(0.1), auc: ours(0.9) }, published: {}, ...more }) as ExperimentResult;

describe('createMetricColumns', () => {
  const listTitles = (...results: ExperimentResult[]) => createMetricColumns(results).map(({ title }) => title);

  it('has a column per metric, and those that an experiment fills', () => {
    expect(listTitles(result(), result())).toEqual(['mrr', 'auc']);
    expect(listTitles(result(), result({ published: { auc: 0.8 } }))).toEqual(['mrr', 'auc published', 'auc']);
    expect(listTitles(result({ validation: { mrr: ours(0.2) }, publishedValidation: { mrr: 0.3 } }))).toEqual([
      'mrr (validation) published',
      'mrr (validation)',
      'mrr',
      'auc',
    ]);
  });

  it('formats published values with their digits, and a dash where there is none', () => {
    const [published, measured] = createMetricColumns([result({ published: { mrr: 0.07 } })]);
    expect(
      [published!, measured!].map((column) => column.formatPublished(result({ published: { mrr: 0.07 } }))),
    ).toEqual(['0.07', '–']);
    expect(published!.formatPublished(result())).toBe('–');
    expect([published!.getResult(result()), measured!.getResult(result())]).toEqual([undefined, ours(0.1)]);
  });

  it('has the chosen metrics alone', () =>
    expect(createMetricColumns([result()], ['auc']).map(({ metric }) => metric)).toEqual(['auc']));
});
