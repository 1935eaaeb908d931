import { describe, expect, it } from 'vitest';
import type { EpochReport } from '../types.js';
import { plateau } from './plateau.js';

const createReports = (values: readonly number[]): EpochReport[] =>
  values.map((value, epoch) => ({ epoch, loss: 1, seconds: 1, validation: { 'ndcg@100': value } }));

/** The factor after each epoch. */
const factors = (values: readonly number[], options: Partial<Parameters<typeof plateau>[0]>) => {
  const { factor } = plateau({ metric: 'ndcg@100', factor: 0.5, patience: 2, threshold: 0.1, ...options });
  return values.map((_, epoch) => factor(epoch + 1, values.length, createReports(values.slice(0, epoch + 1))));
};

describe('plateau', () => {
  it('waits for more than its patience, and starts counting again', () => {
    // Best is 1; 1.05 and 1.09 are less than 10 % above it, 1.2 is not. Then three in a row, twice.
    expect(factors([1, 1.05, 1.09, 1.2, 1, 1, 1, 1, 1, 1], {})).toEqual([1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25]);
  });

  it('counts NaN as an epoch without improvement, also at the start', () =>
    expect(factors([Number.NaN, Number.NaN, 1, Number.NaN, 1.2, 1, 1, 1], {})).toEqual([1, 1, 1, 1, 1, 1, 1, 0.5]));

  it('treats smaller values as better if better is min', () => {
    // 0.75 > 0.9 · 0.8
    expect(factors([1, 0.8, 0.75, 0.75, 0.75, 0.5], { better: 'min' })).toEqual([1, 1, 1, 1, 0.5, 0.5]);
  });

  it('lowers the rate again and again under a rising metric with wrong-direction', () => {
    // The first epoch stays the smallest: every third epoch after it counts as a plateau.
    expect(factors([1, 2, 3, 4, 5, 6, 7], { faithful: 'wrong-direction' })).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25]);
    expect(factors([1, 2, 3, 4, 5, 6, 7], {})).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  it('multiplies by 0.4 after epochs 21, 42 and 63 as RecoTour does', () => {
    const rising = Array.from({ length: 66 }, (_, epoch) => 0.3 + epoch / 1000);
    const found = factors(rising, { factor: 0.4, patience: 20, threshold: 0.001, faithful: 'wrong-direction' });
    expect(found.flatMap((value, epoch) => (epoch > 0 && value !== found[epoch - 1] ? [epoch] : []))).toEqual([
      21, 42, 63,
    ]);
    expect(found.at(-1)).toBeCloseTo(0.4 ** 3, 12);
  });

  it('describes itself and names its metric', () => {
    const { name, metric, protocol } = plateau({
      metric: 'ndcg@100',
      factor: 0.4,
      patience: 20,
      faithful: 'wrong-direction',
    });
    expect([name, metric]).toEqual(['plateau(ndcg@100, 0.4, 20, wrong-direction)', 'ndcg@100']);
    expect(protocol).toEqual({
      name: 'plateau',
      metric: 'ndcg@100',
      factor: 0.4,
      patience: 20,
      threshold: 1e-4,
      better: 'max',
      faithful: 'wrong-direction',
    });
  });

  it('refuses options out of range', () => {
    expect(() => plateau({ metric: 'rmse', better: 'less' as 'min' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: plateau(better): expected 'max' or 'min', received less.]`,
    );
    expect(() =>
      plateau({ metric: 'rmse', faithful: 'wrong' as 'wrong-direction' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: plateau(faithful): expected 'wrong-direction', received wrong.]`,
    );
    const given = (options: object) => () => plateau({ metric: 'mrr', ...options });
    expect(given({ factor: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: plateau(factor): expected a number in (0, 1), received 1.]`,
    );
    expect(given({ patience: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: plateau(patience): expected an integer from 0, received -1.]`,
    );
    expect(given({ threshold: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: plateau(threshold): expected a number in [0, 1), received 1.]`,
    );
  });
});
