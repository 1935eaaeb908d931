import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { bprLoss } from './bpr.js';

describeRankingLoss('bprLoss', bprLoss());

describe('bprLoss', () => {
  it('has the value of the equation', () => {
    const [value] = bprLoss()
      .compute({ positive: tf.tensor1d([1]), negatives: tf.tensor2d([[0, 2]]) })
      .dataSync();
    expect(value).toBeCloseTo((Math.log(1 + Math.exp(-1)) + Math.log(1 + Math.exp(1))) / 2, 6); // (0.3133 + 1.3133) / 2
  });

  it('is linear for a negative that scores far above the positive, and 0 for one far below', () => {
    const values = bprLoss()
      .compute({ positive: tf.tensor1d([-80, 80]), negatives: tf.tensor2d([[80], [-80]]) })
      .dataSync();
    expect([...values]).toEqual([160, 0]);
  });

  it('rejects negatives for another number of queries', () => {
    const wrong = () => bprLoss().compute({ positive: tf.zeros([3]), negatives: tf.zeros([2, 5]) });
    expect(wrong).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bprLoss(negatives): expected shape [query=3, negative], received [2, 5].]`,
    );
  });

  it('rejects queries without negatives', () => {
    const none = () => bprLoss().compute({ positive: tf.zeros([3]), negatives: tf.tensor2d([], [3, 0]) });
    expect(none).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bprLoss(negatives): expected at least one negative per query, received 0.]`,
    );
  });
});
