import { assertNumber } from '@footlight/core';
import type { RankingLoss } from '../types.js';
import { type SampledSoftmaxOptions, sampledSoftmaxLoss } from './sampled-softmax.js';

/** Options of `infoNceLoss`. */
export interface InfoNceOptions extends Pick<SampledSoftmaxOptions, 'correction'> {
  /** Divides the scores, above 0: the lower, the more the hardest negatives count. Default 0.07. */
  readonly temperature?: number;
}

/**
 * InfoNCE: identifies the positive among its negatives, usually those of the batch, by a softmax at a low temperature.
 *
 * $$ \ell_q = -\log \frac{e^{s_{qp} / \tau}}{e^{s_{qp} / \tau} + \sum_{n \in N_q} e^{s_{qn} / \tau - c_{qn}}} $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives, τ the temperature and
 * c the correction of `sampledSoftmaxLoss`, whose equation with a temperature this is.
 *
 * @example
 * infoNceLoss().compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0, 0]]) }) // ≈ [1.099], log 3
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` as `sampledSoftmaxLoss`
 * @source van den Oord et al. 2018, https://arxiv.org/abs/1807.03748, eq. 4
 */
export function infoNceLoss({ temperature = 0.07, correction = 'none' }: InfoNceOptions = {}): RankingLoss {
  assertNumber('infoNceLoss(temperature)', temperature, { above: 0 });
  const loss = sampledSoftmaxLoss({ temperature, correction });
  return { ...loss, name: `info-nce(${correction === 'none' ? '' : `${correction}, `}${temperature})` };
}
