import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { warpLoss } from './warp.js';

describeRankingLoss('warpLoss', warpLoss(), { inOrder: true });
describeRankingLoss('warpLoss with logarithmic weights', warpLoss({ weight: 'logarithm' }), { inOrder: true });

const computeLoss = (negatives: number[], itemCount: number, loss = warpLoss()) =>
  loss.compute({ positive: tf.tensor1d([2]), negatives: tf.tensor2d([negatives]), itemCount }).dataSync()[0]!;

describe('warpLoss', () => {
  it('estimates the rank from the draw of the first violation', () => {
    // 0 − 2 + 1 < 0, 1.5 − 2 + 1 = 0.5: found at draw 2, so the rank is ⌊(8 − 1) / 2⌋ = 3
    expect(computeLoss([0, 1.5, 9], 8)).toBeCloseTo((1 + 1 / 2 + 1 / 3) * 0.5, 6);
  });

  it('gives an early violation a larger weight than a late one', () => {
    const harmonic7 = 1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5 + 1 / 6 + 1 / 7;
    expect(computeLoss([3, 0, 0], 8)).toBeCloseTo(harmonic7 * 2, 5); // ⌊7 / 1⌋
    expect(computeLoss([0, 0, 3], 8)).toBeCloseTo((1 + 1 / 2) * 2, 6); // ⌊7 / 3⌋
  });

  it("uses the logarithm of the rank with weight: 'logarithm', as in LightFM", () => {
    const loss = warpLoss({ weight: 'logarithm' });
    expect(computeLoss([0, 1.5, 9], 8, loss)).toBeCloseTo(Math.log(3) * 0.5, 6);
    expect(computeLoss([0, 1.5, 9], 3, loss)).toBe(0); // rank ⌊2 / 2⌋ = 1, log 1
  });

  it('is 0 if no negative violates the margin', () => expect(computeLoss([0, 1, -7], 8)).toBe(0));

  it('estimates a rank of at least 1', () => {
    expect(computeLoss([0, 0, 3], 2)).toBeCloseTo(2, 6); // ⌊1 / 3⌋ = 0 counts as 1: L(1) = 1
  });

  it('has a gradient for the first violation only', () => {
    const scores = tf.tensor2d([
      [0, 1.5, 9],
      [0, 0, 0],
    ]);
    const gradient = tf.grad((negatives) =>
      tf.sum(warpLoss().compute({ positive: tf.tensor1d([2, 2]), negatives: negatives as tf.Tensor2D, itemCount: 8 })),
    )(scores);
    const weight = Math.fround(1 + 1 / 2 + 1 / 3);
    expect([...gradient.dataSync()]).toEqual([0, weight, 0, 0, 0, 0]);
  });

  it('has 10 negatives per query by default, as in LightFM', () => expect(warpLoss().negativeCount).toBe(10));

  it('rejects scores without the number of items', () => {
    expect(() =>
      warpLoss().compute({ positive: tf.zeros([3]), negatives: tf.zeros([3, 5]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: warpLoss(itemCount): expected the number of items in the catalogue, received undefined.]`,
    );
  });

  it('rejects other values of weight and a negative margin', () => {
    // @ts-expect-error for callers without types
    expect(() => warpLoss({ weight: 'rank' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: warpLoss(weight): expected 'harmonic' or 'logarithm', received rank.]`,
    );
    expect(() => warpLoss({ margin: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: warpLoss(margin): expected a finite number from 0, received -1.]`,
    );
  });
});
