import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { softmaxLoss } from '../catalogue/softmax.js';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { bprLoss } from './bpr.js';
import { sampledSoftmaxLoss } from './sampled-softmax.js';

describeRankingLoss('sampledSoftmaxLoss', sampledSoftmaxLoss());

describe('sampledSoftmaxLoss', () => {
  it('has the value of the equation', () => {
    const [value] = sampledSoftmaxLoss()
      .compute({ positive: tf.tensor1d([Math.log(2)]), negatives: tf.tensor2d([[0, Math.log(3)]]) })
      .dataSync();
    expect(value).toBeCloseTo(Math.log(1 + 1 / 2 + 3 / 2), 6); // e^(0 − log 2) = 1/2, e^(log 3 − log 2) = 3/2
  });

  it('equals softmaxLoss if all other items are negatives', () => {
    const sampled = sampledSoftmaxLoss()
      .compute({ positive: tf.tensor1d([0.3]), negatives: tf.tensor2d([[-1, 0.7, 2]]) })
      .dataSync()[0]!;
    const full = softmaxLoss()
      .compute({ scores: tf.tensor2d([[0.3, -1, 0.7, 2]]), targets: tf.tensor1d([0], 'int32') })
      .dataSync()[0]!;
    expect(sampled).toBeCloseTo(full, 6);
  });

  it('equals bprLoss for one negative', () => {
    const scores = { positive: tf.tensor1d([0.3]), negatives: tf.tensor2d([[0.7]]) };
    expect(sampledSoftmaxLoss().compute(scores).dataSync()[0]).toBeCloseTo(bprLoss().compute(scores).dataSync()[0]!, 6);
  });

  it('rejects negatives for another number of queries', () => {
    expect(() =>
      sampledSoftmaxLoss().compute({ positive: tf.zeros([3]), negatives: tf.zeros([2, 5]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sampledSoftmaxLoss(negatives): expected shape [query=3, negative], received [2, 5].]`,
    );
  });
});
