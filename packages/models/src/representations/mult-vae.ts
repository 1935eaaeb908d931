import { createRng, fillNormal, invalid } from '@footlight/core';
import { drawNormalTensor, tf } from '@footlight/engine';
import type { Representation } from '../types.js';
import { autoencoder } from './autoencoder.js';
import { type AutoencoderOptions, resolveLayers } from './autoencoder-options.js';

/**
 * Behavior of RecoTour.
 *
 * - `extra-tanh`: a tanh follows every dropout, since its loop treats dropout as a layer.
 * - `always-samples`: the code is a sample of the normal distribution in evaluation too, as in its MXNet version, which
 *   records while training that it samples.
 */
export type MultVaeQuirk = 'extra-tanh' | 'always-samples';

/** Options of `multVae`. `dims`: default `[600, 200]`. */
export interface MultVaeOptions extends Omit<AutoencoderOptions, 'faithful'> {
  /** Behavior of RecoTour to repeat. Default none. */
  readonly faithful?: MultVaeQuirk | readonly MultVaeQuirk[];
}

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
export function multVae({ faithful = [], ...options }: MultVaeOptions = {}): Representation {
  const quirks: readonly MultVaeQuirk[] = typeof faithful === 'string' ? [faithful] : faithful;
  for (const quirk of quirks)
    if (quirk !== 'extra-tanh' && quirk !== 'always-samples')
      invalid('multVae(faithful)', "'extra-tanh', 'always-samples' or both", quirk);
  const alwaysSamples = quirks.includes('always-samples');
  const extraTanh = quirks.includes('extra-tanh') ? ({ faithful: 'extra-tanh' } as const) : {};
  return autoencoder('mult-vae', resolveLayers('multVae', [600, 200], { ...options, ...extraTanh }), {
    width: 2,
    faithful: alwaysSamples ? ['always-samples'] : [],
    toCode(output, users, training) {
      const [mean, logVariance] = tf.split(output, 2, 1) as [tf.Tensor2D, tf.Tensor2D]; // [batch, code] each
      const variance = tf.exp(logVariance);
      const penalty = tf.mul(
        -0.5,
        tf.sum(tf.sub(tf.add(1, logVariance), tf.add(tf.square(mean), variance)), 1),
      ) as tf.Tensor1D;
      if (!training && !alwaysSamples) return { code: mean, penalty };
      const noise = training
        ? drawNormalTensor<tf.Rank.R2>(mean.shape, training.rng)
        : drawEvaluationNoise(users, mean);
      return { code: tf.add(mean, tf.mul(noise, tf.exp(tf.mul(0.5, logVariance)))) as tf.Tensor2D, penalty };
    },
  });
}

/** Noise that depends on the user alone, so that scores depend neither on the batch nor on earlier evaluations. */
function drawEvaluationNoise(users: tf.Tensor1D, { shape: [batch, dim] }: tf.Tensor2D): tf.Tensor2D {
  const noise = new Float32Array(batch * dim);
  const evaluation = createRng('mult-vae/evaluation');
  for (const [row, user] of users.dataSync().entries())
    fillNormal(noise.subarray(row * dim, (row + 1) * dim), evaluation.fork(`user/${user}`));
  return tf.tensor2d(noise, [batch, dim]);
}
