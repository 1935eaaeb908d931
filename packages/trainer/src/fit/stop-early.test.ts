import { describe, expect, it } from 'vitest';
import { stopEarly } from './stop-early.js';

describe('stopEarly', () => {
  it('accepts the first value, then only larger values', () => {
    const { improves } = stopEarly({ metric: 'ndcg@10' });
    expect([improves(0.1, undefined), improves(0.1, 0.1), improves(0.11, 0.1), improves(0.09, 0.1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('accepts smaller values if smaller is better, by at least the minimum change', () => {
    const { improves } = stopEarly({ metric: 'rmse', better: 'min', minimumChange: 0.05 });
    expect([improves(0.9, 1), improves(0.97, 1), improves(1.1, 1)]).toEqual([true, false, false]);
  });

  it.each(['max', 'min'] as const)('never takes NaN for an improvement, if %s is better', (better) => {
    const { improves } = stopEarly({ metric: 'rmse', better });
    expect([improves(Number.NaN, 1), improves(Number.NaN, undefined), improves(Number.NaN, Number.NaN)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(improves(1, Number.NaN)).toBe(true); // a first NaN does not stay the best
  });

  it('refuses options out of range', () => {
    expect(() => stopEarly({ metric: 'ndcg@10', patience: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: stopEarly(patience): expected a positive integer, received 0.]`,
    );
    expect(() => stopEarly({ metric: 'ndcg@10', minimumChange: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: stopEarly(minimumChange): expected a finite number from 0, received -1.]`,
    );
    expect(() =>
      stopEarly({ metric: 'ndcg@10', whileAnnealing: 'counts' as 'count' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: stopEarly(whileAnnealing): expected 'wait' or 'count', received counts.]`,
    );
  });
});
