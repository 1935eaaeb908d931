import { tf } from '@footlight/engine';
import type { Representation } from '../types.js';
import { autoencoder } from './autoencoder.js';
import { type AutoencoderOptions, resolveLayers } from './autoencoder-options.js';

/** Options of `multDae`. `dims`: default `[200]`, as in the paper; RecoTour has `[600, 200]`. */
export type MultDaeOptions = AutoencoderOptions;

/**
 * Mult-DAE, a denoising autoencoder of baskets: learns to reconstruct a basket of which some items are dropped.
 *
 * $$ s_u = g(\tanh(f(x_u / \|x_u\|))) $$
 *
 * where $x_u$ is the basket of user u as a vector of zeros and ones, and f and g are dense layers with tanh between
 * them. Train it with `multinomialLoss()`; the paper adds a small weight decay.
 *
 * @example
 * multDae({ dims: [200], dropout: { encoder: [0.5] } })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814; RecoTour, https://github.com/jrzaurin/RecoTour
 */
export function multDae(options: MultDaeOptions = {}): Representation {
  return autoencoder('mult-dae', resolveLayers('multDae', [200], options), {
    width: 1,
    toCode: (output) => ({ code: tf.tanh(output) }),
  });
}
