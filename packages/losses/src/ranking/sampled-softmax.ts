import { assertChoice, assertNumber, assertShape, invalid } from '@footlight/core';
import { sparseSoftmaxLoss, tf } from '@footlight/engine';
import { declareComparison } from '../compares-scores.js';
import type { RankingLoss, RankingScores } from '../types.js';
import { declareCandidateLoss } from './candidate-loss.js';
import { declareFormula } from './formula.js';
import { assertScores, subtractPositive } from './scores.js';

/** Options of `sampledSoftmaxLoss`. */
export interface SampledSoftmaxOptions {
  /**
   * `'log-q'` corrects for how often the sampler draws each item, so that the loss estimates the full softmax from any
   * negatives. `'none'` takes the negatives for all other items. Default `'none'`.
   */
  readonly correction?: 'none' | 'log-q';
  /** Divides the scores, above 0: the lower, the more the hardest negatives count. Default 1. */
  readonly temperature?: number;
}

/**
 * Sampled softmax cross-entropy: raises the score of the positive relative to the scores of its sampled negatives.
 *
 * $$ \ell_q = \log \Big( 1 + \sum_{n \in N_q} e^{(s_{qn} - s_{qp}) / \tau - c_{qn}} \Big) $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives and τ the temperature.
 * Without correction c is 0. With `'log-q'`,
 *
 * $$ c_{qn} = \log (|N_q| \, Q_q(n)) $$
 *
 * where Q_q(n) is the probability that one draw gives n. The sum is then an unbiased estimate of the sum over all items
 * that can be drawn; the positive, which is not drawn, is not corrected.
 *
 * With a temperature and negatives from the batch it is InfoNCE.
 *
 * @example
 * sampledSoftmaxLoss().compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0, 0]]) }) // ≈ [1.099], log 3
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if an option is invalid, if positive and negatives disagree on `query`, if
 *   there is no negative, or with `'log-q'` if `logProbabilities` are missing
 * @source Jean et al., ACL 2015, https://arxiv.org/abs/1412.2007; that the positive is not corrected: Khrylchenko et
 *   al., RecSys 2025, https://arxiv.org/abs/2507.09331; temperature: van den Oord et al. 2018,
 *   https://arxiv.org/abs/1807.03748
 */
export function sampledSoftmaxLoss(options: SampledSoftmaxOptions = {}): RankingLoss {
  const { correction = 'none', temperature = 1 } = options;
  assertChoice('sampledSoftmaxLoss(correction)', correction, ['none', 'log-q']);
  assertNumber('sampledSoftmaxLoss(temperature)', temperature, { above: 0 });
  const corrects = correction === 'log-q';
  const named = [...(corrects ? ['log-q'] : []), ...(temperature === 1 ? [] : [`temperature ${temperature}`])];
  const loss = declareComparison({
    kind: 'ranking',
    name: `sampled-softmax${named.length > 0 ? `(${named.join(', ')})` : ''}`,
    ...(corrects && { needsProbabilities: true }),
    compute(scores) {
      assertScores('sampledSoftmaxLoss', scores);
      const differences = tf.div<tf.Tensor2D>(subtractPositive(scores), temperature); // [query, negative]
      const corrected = corrects ? tf.sub<tf.Tensor2D>(differences, computeCorrection(scores)) : differences;
      // Column 0 is the positive minus itself.
      const padded = tf.pad2d(corrected, [
        [0, 0],
        [1, 0],
      ]);
      return tf.logSumExp(padded, 1) as tf.Tensor1D;
    },
  } satisfies RankingLoss);
  if (corrects) return loss;
  declareCandidateLoss((candidates) => computeSoftmax(candidates, temperature), loss);
  return temperature === 1 ? declareFormula({ name: 'sampled-softmax' }, loss) : loss;
}

/**
 * The softmax over the candidates, whose target is the first: without correction the same number, from one kernel.
 *
 * @shape `[query, 1 + negative]` → `[query]`
 */
function computeSoftmax(candidates: tf.Tensor2D, temperature: number): tf.Tensor1D {
  const { query, candidate } = assertShape('sampledSoftmaxLoss(candidates)', candidates, ['query', 'candidate']);
  if (candidate < 2) invalid('sampledSoftmaxLoss(candidates)', 'a positive and at least one negative', candidate);
  const scores = temperature === 1 ? candidates : tf.div<tf.Tensor2D>(candidates, temperature);
  return sparseSoftmaxLoss(scores, tf.zeros<tf.Rank.R1>([query], 'int32'));
}

/** log (|N_q| Q_q(n)). @shape → `[query, negative]` */
function computeCorrection({ negatives, logProbabilities }: RankingScores): tf.Tensor2D {
  if (!logProbabilities)
    return invalid(
      'sampledSoftmaxLoss(logProbabilities)',
      "the probabilities of the negatives, for correction: 'log-q'",
      'none',
      'Use a sampler that states them, such as uniformNegatives or popularNegatives.',
    );
  const [query, negative] = negatives.shape;
  assertShape('sampledSoftmaxLoss(logProbabilities)', logProbabilities, ['query', 'negative'], { query, negative });
  return tf.add(logProbabilities, Math.log(negative));
}
