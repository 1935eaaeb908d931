import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { pointwiseLoss } from './pointwise.js';

describeRankingLoss('pointwiseLoss of Spotlight', pointwiseLoss());
describeRankingLoss('pointwiseLoss of netrex', pointwiseLoss({ terms: 'mean' }));

// σ(log 3) = 3/4, σ(0) = 1/2, σ(−log 3) = 1/4
const scores = { positive: tf.tensor1d([Math.log(3)]), negatives: tf.tensor2d([[0, -Math.log(3)]]) };

describe('pointwiseLoss', () => {
  it('adds the positive term and the mean negative term, as in Spotlight', () => {
    expect(pointwiseLoss().compute(scores).dataSync()[0]).toBeCloseTo(1 / 4 + (1 / 2 + 1 / 4) / 2, 6); // 0.625
  });

  it("is half of that with terms: 'mean', as in netrex", () => {
    expect(pointwiseLoss({ terms: 'mean' }).compute(scores).dataSync()[0]).toBeCloseTo(0.3125, 6);
  });

  it('has its option in its name', () => {
    expect([pointwiseLoss().name, pointwiseLoss({ terms: 'mean' }).name]).toEqual([
      'pointwise(sum)',
      'pointwise(mean)',
    ]);
  });

  it('rejects other values of terms', () => {
    // @ts-expect-error for callers without types
    expect(() => pointwiseLoss({ terms: 'product' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: pointwiseLoss(terms): expected 'sum' or 'mean', received product.]`,
    );
  });

  it('rejects negatives for another number of queries', () => {
    expect(() =>
      pointwiseLoss().compute({ positive: tf.zeros([3]), negatives: tf.zeros([2, 5]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: pointwiseLoss(negatives): expected shape [query=3, negative], received [2, 5].]`,
    );
  });
});
