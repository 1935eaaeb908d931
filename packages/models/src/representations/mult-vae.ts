import { drawNormalTensor } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import type { Representation } from '../types.js';
import { autoencoder } from './autoencoder.js';
import { type AutoencoderOptions, resolveLayers } from './autoencoder-options.js';

/** Options of `multVae`. `dims`: default `[600, 200]`. */
export type MultVaeOptions = AutoencoderOptions;

/**
 * Mult-VAE, a variational autoencoder of baskets: encodes a basket as a normal distribution over short codes and
 * decodes a sample of it to scores of all items.
 *
 * $$ (\mu_u, \log \sigma_u^2) = f(x_u / \|x_u\|), \quad z_u = \mu_u + \epsilon \sigma_u, \quad s_u = g(z_u) $$
 * $$ \mathrm{penalty}_u = -\tfrac{1}{2} \sum_j (1 + \log \sigma_{uj}^2 - \mu_{uj}^2 - \sigma_{uj}^2) $$
 *
 * where $x_u$ is the basket of user u as a vector of zeros and ones, $\epsilon$ is standard normal while training and 0
 * otherwise, and f and g are dense layers with tanh between them. Train it with `multinomialLoss()` and a penalty
 * weight, `annealed` of `@footlight/trainer`.
 *
 * Differs from the implementation of the paper: baskets are sums of embeddings, so no tensor `[user, item]` is made;
 * the scores of a batch are `[query, item]`.
 *
 * @example
 * multVae({ dims: [600, 200], dropout: { encoder: [0.5] } })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814; RecoTour, https://github.com/jrzaurin/RecoTour
 */
export function multVae(options: MultVaeOptions = {}): Representation {
  return autoencoder('mult-vae', resolveLayers('multVae', [600, 200], options), {
    width: 2,
    toCode(output, training) {
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
