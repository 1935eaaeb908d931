import { createRng } from '@footlight/core';
import { coverage, mrr, novelty, rmse, sampled } from '@footlight/metrics';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { createAccumulator } from './metric-accumulators.js';

// Three targets with the ratings 1, 2 and 3.
const targets = createInteractions(
  [
    [0, 1],
    [1, 2],
    [1, 3],
  ],
  2,
  5,
);

describe('createAccumulator', () => {
  it('accumulates one value per query of a rank metric', () => {
    const accumulator = createAccumulator(mrr(), 2, targets, {});
    accumulator.addRanked!(1, { ranks: [3], candidateCount: 5, relevantCount: 1 });
    accumulator.addRanked!(0, { ranks: [0], candidateCount: 5, relevantCount: 1 });
    const { values, mean, count } = accumulator.finish();
    expect([[...values], mean, count]).toEqual([[1, 1 / 4], 5 / 8, 2]);
  });

  it('accumulates one value per query of a sampled metric', () => {
    const accumulator = createAccumulator(sampled(mrr(), { count: 3 }), 2, targets, { rng: createRng(1) });
    const score = (query: number, item: number) => (item === query ? 1 : 0);
    accumulator.addScored!(0, 0, Int32Array.of(0), score); // the best item
    accumulator.addScored!(0, 1, Int32Array.of(1), score);
    expect([...accumulator.finish().values]).toEqual([1, 1]);
  });

  it('accumulates errors of ratings, and the standard error of their root by the delta method', () => {
    const accumulate = (targetUsers?: Int32Array) => {
      const accumulator = createAccumulator(rmse(), 2, targets, { targetUsers });
      for (const [row, predicted] of [2, 4, 3].entries()) accumulator.addRating!(row, predicted); // errors 1, 2, 0
      return accumulator.finish();
    };
    const { values, mean, standardError } = accumulate(Int32Array.of(7, 3, 5));
    expect([...values]).toEqual([1, 4, 0]);
    expect(mean).toBeCloseTo(Math.sqrt(5 / 3), 12);
    // The squares have the variance ((1 − 5/3)² + (4 − 5/3)² + (5/3)²) / 2 = 13/3, their mean the standard error
    // √(13/9).
    expect(standardError).toBeCloseTo(Math.sqrt(13 / 9) / (2 * Math.sqrt(5 / 3)), 6);
    // The last two are of one user: residuals −2/3 and 7/3 − 5/3, standard error √(2 · 8/9) / 3 = 4/9.
    expect(accumulate().standardError).toBeCloseTo(4 / 9 / (2 * Math.sqrt(5 / 3)), 6);
  });

  it('accumulates lists and measures them together', () => {
    const accumulator = createAccumulator(coverage({ at: 2 }), 2, targets, { train: targets });
    accumulator.addList!(0, [1, 2]);
    accumulator.addList!(1, [2]);
    const { mean, standardError, values } = accumulator.finish();
    expect([mean, standardError, values.length]).toEqual([2 / 5, Number.NaN, 1]);
  });

  it('counts the users of an item, not its interactions, and no users without training interactions', () => {
    // Item 2 has four interactions of user 0, one of four users with any; users 4 to 6 are held out: log2(4 / 1) bits.
    const train = createInteractions(
      [
        ...[0, 0, 0, 0].map((user): [number, number] => [user, 2]),
        ...[1, 2, 3].map((user): [number, number] => [user, 1]),
      ],
      7,
      5,
    );
    const accumulator = createAccumulator(novelty({ at: 1 }), 1, targets, { train });
    accumulator.addList!(0, [2]);
    expect(accumulator.finish().mean).toBe(2);
  });

  it('reports what a metric lacks', () => {
    const { ratings: _, ...unrated } = targets;
    expect(() => createAccumulator(rmse(), 2, unrated, {})).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: evaluate(heldOut): expected targets with ratings for rmse, received none.]`,
    );
    expect(() => createAccumulator(coverage({ at: 2 }), 2, targets, {})).toThrow('evaluate(train)');
    expect(() => createAccumulator(sampled(mrr(), { count: 3 }), 2, targets, {})).toThrow('evaluate(rng)');
  });
});
