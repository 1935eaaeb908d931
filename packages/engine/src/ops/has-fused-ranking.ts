import { findBuild } from '../backends/kernels/find-build.js';
import { tf } from '../tfjs/tfjs.js';

/**
 * Tells whether the backend in use has a fused kernel for `rankTargets`, which multiplies and ranks a product without
 * storing all scores.
 */
export function hasFusedRanking(): boolean {
  return findBuild(tf.getBackend()) !== undefined;
}
