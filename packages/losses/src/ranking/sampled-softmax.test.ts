import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { softmaxLoss } from '../catalogue/softmax.js';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { bprLoss } from './bpr.js';
import { findCandidateLoss } from './candidate-loss.js';
import { findFormula } from './formula.js';
import { sampledSoftmaxLoss } from './sampled-softmax.js';

describeRankingLoss('sampledSoftmaxLoss', sampledSoftmaxLoss());
describeRankingLoss('sampledSoftmaxLoss with a temperature', sampledSoftmaxLoss({ temperature: 0.5 }));

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

  it('divides differences by the temperature', () => {
    const [value] = sampledSoftmaxLoss({ temperature: 0.5 })
      .compute({ positive: tf.tensor1d([Math.log(2)]), negatives: tf.tensor2d([[0, Math.log(3)]]) })
      .dataSync();
    expect(value).toBeCloseTo(Math.log(1 + 1 / 4 + 9 / 4), 6);
  });

  it('estimates the sum over all items from negatives of any distribution', () => {
    const probabilities = [0.1, 0.2, 0.7];
    const scores = [0.3, -1, 1.2];
    // The expectation of the sum within the logarithm, over all pairs of draws.
    let expected = 0;
    probabilities.forEach((first, i) => {
      probabilities.forEach((second, j) => {
        const [value] = sampledSoftmaxLoss({ correction: 'log-q' })
          .compute({
            positive: tf.tensor1d([0.5]),
            negatives: tf.tensor2d([[scores[i]!, scores[j]!]]),
            logProbabilities: tf.tensor2d([[Math.log(first), Math.log(second)]]),
          })
          .dataSync();
        expected += first * second * Math.exp(value!);
      });
    });
    expect(expected).toBeCloseTo(1 + scores.reduce((sum, score) => sum + Math.exp(score - 0.5), 0), 5);
  });

  it('has its options in its name, and a formula for fused steps without them', () => {
    expect(sampledSoftmaxLoss().name).toBe('sampled-softmax');
    expect(sampledSoftmaxLoss({ correction: 'log-q', temperature: 0.1 }).name).toBe(
      'sampled-softmax(log-q, temperature 0.1)',
    );
    expect(findFormula(sampledSoftmaxLoss())).toEqual({ name: 'sampled-softmax' });
    expect(findFormula(sampledSoftmaxLoss({ correction: 'log-q' }))).toBeUndefined();
    expect(findFormula(sampledSoftmaxLoss({ temperature: 2 }))).toBeUndefined();
  });

  it.each([1, 0.5])('computes the same from all candidates with temperature %f, its gradients too', (temperature) => {
    const loss = sampledSoftmaxLoss({ temperature });
    const candidates = tf.tensor2d([
      [0.3, -1, 0.7, 80],
      [-90, 2, 2, 1],
      [5, 0, -3, 0.1],
    ]);
    const weights = tf.tensor1d([1, -2, 0.5]);
    const differentiate = (compute: (scores: tf.Tensor2D) => tf.Tensor1D) => {
      const { value, grad } = tf.valueAndGrad((scores) => tf.dot(compute(scores as tf.Tensor2D), weights))(candidates);
      return [...compute(candidates).dataSync(), ...value.dataSync(), ...grad.dataSync()];
    };
    const [together, apart] = [
      differentiate((scores) => findCandidateLoss(loss)!(scores)),
      differentiate((scores) => {
        const [positive, negatives] = tf.split(scores, [1, 3], 1) as [tf.Tensor2D, tf.Tensor2D];
        return loss.compute({ positive: tf.reshape(positive, [3]), negatives });
      }),
    ];
    expect(together[0]! / apart[0]!).toBeCloseTo(1, 6);
    together.forEach(
      (number, at) => void expect(Math.abs(number - apart[at]!)).toBeLessThan(1e-5 * (1 + Math.abs(number))),
    );
    expect(findCandidateLoss(sampledSoftmaxLoss({ correction: 'log-q' }))).toBeUndefined();
    expect(findCandidateLoss({ ...loss, compute: (scores) => loss.compute(scores) })).toBeUndefined();
    expect(() => findCandidateLoss(loss)!(tf.zeros([3, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sampledSoftmaxLoss(candidates): expected a positive and at least one negative, received 1.]`,
    );
  });

  it('refuses invalid options, and missing probabilities', () => {
    const scores = { positive: tf.zeros<tf.Rank.R1>([2]), negatives: tf.zeros<tf.Rank.R2>([2, 3]) };
    const corrected = sampledSoftmaxLoss({ correction: 'log-q' });
    expect(() => sampledSoftmaxLoss({ temperature: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sampledSoftmaxLoss(temperature): expected a positive number, received 0.]`,
    );
    expect(() => sampledSoftmaxLoss({ correction: 'logq' as 'log-q' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sampledSoftmaxLoss(correction): expected 'none' or 'log-q', received the text 'logq'.]`,
    );
    expect(() => corrected.compute(scores)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sampledSoftmaxLoss(logProbabilities): expected the probabilities of the negatives, for correction: 'log-q', received none. Use a sampler that states them, such as uniformNegatives or popularNegatives.]`,
    );
    expect(() =>
      corrected.compute({ ...scores, logProbabilities: tf.zeros([2, 1]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sampledSoftmaxLoss(logProbabilities): expected shape [query=2, negative=3], received [2, 1].]`,
    );
  });

  it('rejects negatives for another number of queries', () => {
    expect(() =>
      sampledSoftmaxLoss().compute({ positive: tf.zeros([3]), negatives: tf.zeros([2, 5]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sampledSoftmaxLoss(negatives): expected shape [query=3, negative], received [2, 5].]`,
    );
  });
});
