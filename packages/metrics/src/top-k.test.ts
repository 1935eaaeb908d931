import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { topK } from './top-k.js';

describe('topK', () => {
  it('orders items by score, and items with equal scores by id', () =>
    expect([...topK(Float32Array.of(1, 3, 2, 3, 2), 3)]).toEqual([1, 3, 2]));

  it('leaves out excluded items, given once or twice', () =>
    expect([...topK(Float32Array.of(1, 3, 2, 3), 2, [1, 1])]).toEqual([3, 2]));

  it('is shorter if too few items are left', () => {
    expect([...topK(Float32Array.of(1, 3, 2), 7, [1])]).toEqual([2, 0]);
    expect(topK(Float32Array.of(1), 1, [0])).toHaveLength(0);
    expect(topK(new Float32Array(0), 1)).toHaveLength(0);
  });

  it('includes items with score −∞, after all others', () =>
    expect([...topK(Float32Array.of(-Infinity, 0, -Infinity), 3)]).toEqual([1, 0, 2]));

  it('equals a sort of the catalogue', () => {
    const rng = createRng(1);
    for (let trial = 0; trial < 300; trial++) {
      const itemCount = 1 + rng.integer(101);
      const scores = Float32Array.from({ length: itemCount }, () => rng.integer([1, 5, 2 ** 20][trial % 3]!));
      const excluded = rng
        .shuffle(Int32Array.from({ length: itemCount }, (_, item) => item))
        .slice(0, rng.integer(itemCount));
      const count = 1 + rng.integer(itemCount + 5);
      const sorted = [...scores.keys()]
        .filter((item) => !excluded.includes(item))
        .sort((a, b) => scores[b]! - scores[a]! || a - b);
      expect([...topK(scores, count, excluded)]).toEqual(sorted.slice(0, count));
    }
  });

  it('does not change the scores', () => {
    const scores = Float32Array.of(1, 3, 2);
    topK(scores, 2, [0]);
    expect(scores).toEqual(Float32Array.of(1, 3, 2));
  });

  it('rejects NaN, a count of 0 and unknown ids, and works after an error', () => {
    expect(() => topK(Float32Array.of(1, Number.NaN), 1, [0])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: topK(scores): expected a number for every item, received NaN for item 1. Did the training diverge?]`,
    );
    expect(() => topK(Float32Array.of(1, 2), 0)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: topK(count): expected a positive integer, received 0.]`,
    );
    expect(() => topK(Float32Array.of(1, 2), 1, [2])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: topK(excluded): expected ids from 0 to 1, received 2.]`,
    );
    expect([...topK(Float32Array.of(2, 1), 2)]).toEqual([0, 1]); // all flags are 0
  });
});
