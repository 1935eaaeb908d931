import { invalid } from '@footlight/core';
import { findBuild } from './backends/kernels/find-build.js';
import { tf } from './tfjs/tfjs.js';

/**
 * Precision of the factors of a matrix product: `fp32` has 24 significant bits, `bf16` has 8. Both accumulate in fp32.
 */
export type Precision = 'fp32' | 'bf16';

let current: Precision = 'fp32';

/** Returns the precision of matrix products at this moment. */
export function getProductPrecision(): Precision {
  return current;
}

/**
 * Mixed precision: runs `compute` with its matrix products, and those of its gradients, in the given precision. Sums,
 * softmax, recurrent layers, optimizers and the weights themselves stay in fp32.
 *
 * @throws {RecsysError} `invalid-argument` for `bf16` on a backend that does not support it
 */
export function withPrecision<T>(precision: Precision, compute: () => T): T {
  if (precision === 'bf16' && !findBuild(tf.getBackend()))
    invalid(
      'withPrecision(precision)',
      `fp32 on the backend ${tf.getBackend()}`,
      'bf16',
      'Only the backends native and wasm support bf16; see doctor().',
    );
  const before = current;
  current = precision;
  try {
    return compute();
  } finally {
    current = before;
  }
}
