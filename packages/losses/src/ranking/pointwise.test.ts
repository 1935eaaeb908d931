import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { logisticLoss } from './logistic.js';
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

  it('orders frequent items less than the cross-entropy does, and never stops raising their scores', () => {
    // Two items with 3 and 2 of 5 positives, a third with all negatives: at log-odds the cross-entropy has no gradient.
    const gradient = (loss: ReturnType<typeof pointwiseLoss>, given: number[]) => {
      const total = (values: tf.Tensor) => {
        const positive = tf.gather(values, [0, 0, 0, 1, 1]) as tf.Tensor1D;
        const negatives = tf.expandDims(tf.gather(values, [0, 0, 1, 1, 2]), 1) as tf.Tensor2D; // 2, 2 and 1 of 5
        return tf.sum(loss.compute({ positive, negatives })) as tf.Scalar;
      };
      return [...tf.grad(total)(tf.tensor1d(given)).dataSync()];
    };
    const odds = [Math.log(3 / 2), 0, -20];
    expect(gradient(logisticLoss(), odds)[0]).toBeCloseTo(0, 6);
    expect(gradient(logisticLoss(), odds)[1]).toBeCloseTo(0, 6);
    expect(gradient(pointwiseLoss(), odds)[0]).toBeLessThan(-0.2); // raises it for ever, however high it is
    expect(gradient(pointwiseLoss(), odds)[1]).toBeCloseTo(0, 6); // 2 of 5 among both: any score is as good
    const atEnd = (first: number, second: number) => gradient(pointwiseLoss(), [first, second, -20]);
    for (const each of [...atEnd(20, 15), ...atEnd(15, 20)]) expect(Math.abs(each)).toBeLessThan(1e-5); // no order left
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
