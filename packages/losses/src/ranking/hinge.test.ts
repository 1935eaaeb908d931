import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { hingeLoss } from './hinge.js';

describeRankingLoss('hingeLoss', hingeLoss());
describeRankingLoss('hingeLoss with a margin of 0.2', hingeLoss({ margin: 0.2 }));

describe('hingeLoss', () => {
  it('has the value of the equation', () => {
    const [value] = hingeLoss()
      .compute({ positive: tf.tensor1d([1]), negatives: tf.tensor2d([[0.5, 2, -3]]) })
      .dataSync();
    expect(value).toBeCloseTo((0.5 + 2 + 0) / 3, 6); // 0.5 − 1 + 1, 2 − 1 + 1, max(0, −3 − 1 + 1)
  });

  it('uses the given margin', () => {
    const [value] = hingeLoss({ margin: 0.25 })
      .compute({ positive: tf.tensor1d([1]), negatives: tf.tensor2d([[0.5, 2]]) })
      .dataSync();
    expect(value).toBeCloseTo((0 + 1.25) / 2, 6);
  });

  it('has loss 0 and gradient 0 if the positive scores higher by the margin', () => {
    const { value, grad } = tf.valueAndGrad((negatives) =>
      tf.sum(hingeLoss().compute({ positive: tf.tensor1d([2]), negatives: negatives as tf.Tensor2D })),
    )(tf.tensor2d([[1, -1]]));
    expect([...value.dataSync(), ...grad.dataSync()]).toEqual([0, 0, 0]);
  });

  it('rejects a margin that is negative or not a number', () => {
    expect(() => hingeLoss({ margin: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: hingeLoss(margin): expected a finite number from 0, received -1.]`,
    );
    expect(() => hingeLoss({ margin: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: hingeLoss(margin): expected a finite number from 0, received NaN.]`,
    );
  });

  it('rejects negatives for another number of queries', () => {
    expect(() =>
      hingeLoss().compute({ positive: tf.zeros([3]), negatives: tf.zeros([2, 5]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: hingeLoss(negatives): expected shape [query=3, negative], received [2, 5].]`,
    );
  });
});
