import { describe, expect, it } from 'vitest';
import { stopEarly } from './stop-early.js';

describe('stopEarly', () => {
  it('takes the first value, then only larger ones', () => {
    const { improves } = stopEarly({ metric: 'ndcg@10' });
    expect([improves(0.1, undefined), improves(0.1, 0.1), improves(0.11, 0.1), improves(0.09, 0.1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('takes smaller ones where smaller is better, and asks for the minimum change', () => {
    const { improves } = stopEarly({ metric: 'rmse', better: 'min', minimumChange: 0.05 });
    expect([improves(0.9, 1), improves(0.97, 1), improves(1.1, 1)]).toEqual([true, false, false]);
  });

  it('never takes NaN over a number', () =>
    expect(stopEarly({ metric: 'rmse', better: 'min' }).improves(Number.NaN, 1)).toBe(false));

  it('says what is wrong with its options', () => {
    expect(() => stopEarly({ metric: 'ndcg@10', patience: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: stopEarly(patience): expected a positive integer, received 0.]`,
    );
    expect(() => stopEarly({ metric: 'ndcg@10', minimumChange: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: stopEarly(minimumChange): expected a number from 0, received -1.]`,
    );
  });
});
