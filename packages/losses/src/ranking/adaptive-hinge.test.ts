import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { adaptiveHingeLoss } from './adaptive-hinge.js';

describeRankingLoss('adaptiveHingeLoss', adaptiveHingeLoss());

const computeGradient = (negatives: tf.Tensor2D) =>
  tf.grad((given) =>
    tf.sum(adaptiveHingeLoss().compute({ positive: tf.tensor1d([1, 5]), negatives: given as tf.Tensor2D })),
  )(negatives);

describe('adaptiveHingeLoss', () => {
  it('has the value of the equation', () => {
    const values = adaptiveHingeLoss()
      .compute({
        positive: tf.tensor1d([1, 5]),
        negatives: tf.tensor2d([
          [0, 2, -1],
          [0, 4.5, 1],
        ]),
      })
      .dataSync();
    expect([...values]).toEqual([2, 0.5]); // 2 − 1 + 1 and 4.5 − 5 + 1
  });

  it('has a gradient for the hardest negative of each query only', () => {
    expect([
      ...computeGradient(
        tf.tensor2d([
          [0, 2, -1],
          [4.5, 4, 1],
        ]),
      ).dataSync(),
    ]).toEqual([0, 1, 0, 1, 0, 0]);
  });

  it('has a gradient for one of two equal negatives only', () => {
    expect([
      ...computeGradient(
        tf.tensor2d([
          [0, 2, 2],
          [0, 0, 0],
        ]),
      ).dataSync(),
    ]).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it('has 5 negatives per query by default, as in Spotlight', () => expect(adaptiveHingeLoss().negativeCount).toBe(5));

  it('rejects an infinite margin', () => {
    expect(() => adaptiveHingeLoss({ margin: Infinity })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: adaptiveHingeLoss(margin): expected a finite number from 0, received Infinity.]`,
    );
  });

  it('rejects negatives for another number of queries', () => {
    expect(() =>
      adaptiveHingeLoss().compute({ positive: tf.zeros([3]), negatives: tf.zeros([2, 5]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: adaptiveHingeLoss(negatives): expected shape [query=3, negative], received [2, 5].]`,
    );
  });
});
