import * as tf from '@tensorflow/tfjs';

/**
 * Tells whether the backend in use has a fused kernel for `rankTargets`, which multiplies and ranks a product without
 * storing all scores.
 */
export function hasFusedRanking(): boolean {
  return tf.getBackend() === 'native';
}
