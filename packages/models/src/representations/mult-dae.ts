import * as tf from '@tensorflow/tfjs';
import type { Representation } from '../types.js';
import { type AutoencoderOptions, autoencoder, resolveLayers } from './autoencoder.js';

/** `dims`: default `[200]`, as in the paper; RecoTour has `[600, 200]`. `dropout`: default half of the clicks. */
export type MultDaeOptions = AutoencoderOptions;

/**
 * A denoising autoencoder of baskets: some of what somebody has is hidden, and the model learns to find it again.
 *
 * $$ s_u = g(\tanh(f(x_u / \|x_u\|))) $$
 *
 * f and g are dense layers with tanh between them. Wants `multinomialLoss()`; the paper adds a little weight decay.
 *
 * @example
 * multDae({ dims: [200], dropout: { encoder: [0.5] } })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814; RecoTour, https://github.com/jrzaurin/RecoTour
 */
export function multDae(options: MultDaeOptions = {}): Representation {
  return autoencoder('mult-dae', resolveLayers('multDae', [200], options), {
    width: 1,
    code: (output) => ({ code: tf.tanh(output) }),
  });
}
