import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { logisticLoss } from './logistic.js';

describeRankingLoss('logisticLoss', logisticLoss());

describe('logisticLoss', () => {
  it('has the value of the equation', () => {
    // −log σ(log 3) = log 4/3; −log σ(−0) = log 2; −log σ(−log 3) = log 4; mean of the latter two = log 8 / 2
    const [value] = logisticLoss()
      .compute({ positive: tf.tensor1d([Math.log(3)]), negatives: tf.tensor2d([[0, Math.log(3)]]) })
      .dataSync();
    expect(value).toBeCloseTo(Math.log(4 / 3) + Math.log(8) / 2, 6);
  });

  it('is linear in the scores where they are far from right', () => {
    expect(
      logisticLoss()
        .compute({ positive: tf.tensor1d([-80]), negatives: tf.tensor2d([[80]]) })
        .dataSync()[0],
    ).toBe(160);
  });

  it('rejects negatives for another number of queries', () => {
    expect(() =>
      logisticLoss().compute({ positive: tf.zeros([3]), negatives: tf.zeros([2, 5]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: logisticLoss(negatives): expected shape [query=3, negative], received [2, 5].]`,
    );
  });
});
