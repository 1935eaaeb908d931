import { drawNormalTensor } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import type { Representation } from '../types.js';
import { type AutoencoderOptions, autoencoder, resolveLayers } from './autoencoder.js';

/** `dims`: default `[600, 200]`; `dropout`: default half of the clicks. */
export type MultVaeOptions = AutoencoderOptions;

/**
 * A variational autoencoder of baskets: what somebody has is pressed through a short, noisy code, and what comes out besides is recommended.
 *
 * $$ (\mu_u, \log \sigma_u^2) = f(x_u / \|x_u\|), \quad z_u = \mu_u + \epsilon \sigma_u, \quad s_u = g(z_u) $$
 * $$ \mathrm{penalty}_u = -\tfrac{1}{2} \sum_j (1 + \log \sigma_{uj}^2 - \mu_{uj}^2 - \sigma_{uj}^2) $$
 *
 * f and g are dense layers with tanh between them. The noise is there only while training; `encode` has the penalty always. Wants `multinomialLoss()` and
 * a weight of the penalty, `annealed` of `@footlight/trainer`.
 *
 * Baskets are sums of rows, so nothing of the size users × items is ever made; the scores of a batch are `[query, item]`.
 *
 * @example
 * multVae({ dims: [600, 200], dropout: { encoder: [0.5] } })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814; RecoTour, https://github.com/jrzaurin/RecoTour
 */
export function multVae(options: MultVaeOptions = {}): Representation {
  return autoencoder('mult-vae', resolveLayers('multVae', [600, 200], options), {
    width: 2,
    code(output, training) {
      const [mean, logVariance] = tf.split(output, 2, 1) as [tf.Tensor2D, tf.Tensor2D]; // [batch, code] each
      const variance = tf.exp(logVariance);
      const penalty = tf.mul(
        -0.5,
        tf.sum(tf.sub(tf.add(1, logVariance), tf.add(tf.square(mean), variance)), 1),
      ) as tf.Tensor1D;
      if (!training) return { code: mean, penalty };
      const noise = drawNormalTensor<tf.Rank.R2>(mean.shape, training.rng); // [batch, code]
      return { code: tf.add(mean, tf.mul(noise, tf.exp(tf.mul(0.5, logVariance)))) as tf.Tensor2D, penalty };
    },
  });
}
