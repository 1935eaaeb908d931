import { describe, expect, it } from 'vitest';
import type { ExperimentResult, MetricResult, StoredResult } from './result.js';
import { createResultColumns } from './result-columns.js';

/** With one value the error is over users, with several over seeds. */
const overUsers = (mean: number): MetricResult => ({ mean, standardError: 0.02, values: [mean] });
const overSeeds = (mean: number): MetricResult => ({ mean, standardError: 0.001, values: [mean, mean] });
const result = (more: Partial<StoredResult> = {}) =>
  ({ experiment: 'a', metrics: { mrr: overSeeds(0.1), auc: overSeeds(0.9) }, published: {}, ...more }) as StoredResult;

describe('createResultColumns', () => {
  const list = (...results: ExperimentResult[]) => {
    const columns = createResultColumns(results, ['mrr']);
    return [columns.map(({ title }) => title), ...results.map((each) => columns.map(({ format }) => format(each)))];
  };

  it('names what the errors of a column are over', () => {
    expect(list(result())).toEqual([['mrr ± over seeds'], ['0.1000 ± 0.0010']]);
    expect(list(result({ metrics: { mrr: overUsers(0.1) } }))).toEqual([['mrr ± over users'], ['0.1000 ± 0.0200']]);
    const rating = result({ metrics: { 'rmse(0..1)': { mean: 0.2, standardError: 0.1, values: [0.2] } } });
    expect(createResultColumns([rating])[0]!.title).toBe('rmse(0..1) ± over ratings');
    expect(list(result({ metrics: { mrr: { mean: 0.5, standardError: null, values: [0.5] } } }))).toEqual([
      ['mrr'],
      ['0.5000'],
    ]);
  });

  it('has a column per kind of error where results have different kinds', () => {
    const both = { ...overSeeds(0.3), userError: 0.03 };
    expect(list(result(), result({ metrics: { mrr: overUsers(0.2) } }), result({ metrics: { mrr: both } }))).toEqual([
      ['mrr', '± over seeds, mrr', '± over users, mrr'],
      ['0.1000', '0.0010', '–'],
      ['0.2000', '–', '0.0200'],
      ['0.3000', '0.0010', '0.0300'],
    ]);
  });

  it('has intervals of the kind of the column', () => {
    const [mean, seeds, users] = createResultColumns(
      [
        result({ metrics: { mrr: { ...overSeeds(0.3), userError: 0.03 } } }),
        result({ metrics: { mrr: overUsers(0.2) } }),
      ],
      ['mrr'],
    );
    const measured = result({ metrics: { mrr: { ...overSeeds(0.3), userError: 0.03 } } });
    expect(mean!.getInterval?.(measured)).toBeUndefined();
    expect(seeds!.getInterval!(measured)![0]).toBeCloseTo(0.3 - 12.706 * 0.001, 9); // one degree of freedom
    expect(users!.getInterval!(measured)![0]).toBeCloseTo(0.3 - 1.96 * 0.03, 9);
  });

  it('shows published values with their digits, and the validation part before the test part', () => {
    const validated = result({
      published: { mrr: 0.07 },
      validation: { mrr: overSeeds(0.2) },
      publishedValidation: { mrr: 0.3 },
    });
    expect(list(validated, result())).toEqual([
      ['mrr (validation) published', 'mrr (validation) ± over seeds', 'mrr published', 'mrr ± over seeds'],
      ['0.3', '0.2000 ± 0.0010', '0.07', '0.1000 ± 0.0010'],
      ['–', '–', '–', '0.1000 ± 0.0010'],
    ]);
  });

  it('shows loss and best epoch as means over the runs, beside published ones', () => {
    const runs = [
      { seed: 1, losses: [3, 2], testLoss: 350.25, bestEpoch: 5 },
      { seed: 2, losses: [3, 2], testLoss: 351.25, bestEpoch: 8 },
    ];
    expect(list(result({ runs, published: { loss: 349.714, 'best epoch': 136 } }), result())).toEqual([
      ['mrr ± over seeds', 'loss published', 'loss', 'best epoch published', 'best epoch'],
      ['0.1000 ± 0.0010', '349.714', '350.750', '136', '6.5'],
      ['0.1000 ± 0.0010', '–', '–', '–', '–'],
    ]);
  });

  it('has all metrics by default', () =>
    expect(createResultColumns([result()]).map(({ title }) => title)).toEqual([
      'mrr ± over seeds',
      'auc ± over seeds',
    ]));
});
