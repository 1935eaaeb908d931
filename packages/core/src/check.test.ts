import { describe, expect, it } from 'vitest';
import { assertFraction, assertInteger } from './check.js';

describe('assertInteger', () => {
  it('returns an integer in the range', () =>
    expect([
      assertInteger('x', 1),
      assertInteger('x', 0, { minimum: 0 }),
      assertInteger('x', 7, { maximum: 7 }),
    ]).toEqual([1, 0, 7]));

  it('requires a positive integer by default', () => {
    expect(() => assertInteger('ndcg(at)', 0)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ndcg(at): expected a positive integer, received 0.]`,
    );
    expect(() => assertInteger('ndcg(at)', 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ndcg(at): expected a positive integer, received 1.5.]`,
    );
    for (const wrong of [Number.NaN, Infinity, 2 ** 53, '3' as unknown as number])
      expect(() => assertInteger('x', wrong)).toThrow('positive integer');
  });

  it('has its limits in its message', () => {
    expect(() => assertInteger('fit(epochs)', -1, { minimum: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(epochs): expected an integer from 0, received -1.]`,
    );
    expect(() => assertInteger('split(fold)', 5, { minimum: 0, maximum: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: split(fold): expected an integer from 0 to 4, received 5.]`,
    );
  });
});

describe('assertFraction', () => {
  it('returns a number between 0 and 1', () => expect(assertFraction('x', 0.2)).toBe(0.2));

  it('rejects 0, 1 and NaN', () => {
    expect(() => assertFraction('atRandom(test)', 1)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: atRandom(test): expected a number between 0 and 1, received 1.]`,
    );
    expect(() => assertFraction('x', 0)).toThrow('between 0 and 1');
    expect(() => assertFraction('x', Number.NaN)).toThrow('between 0 and 1');
  });
});
