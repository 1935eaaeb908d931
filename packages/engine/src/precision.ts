import { invalid } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';

/** How exactly numbers go into a product of matrices: 24 bits, or 8 (bf16), whose products are added up with 24 bits all the same. */
export type Precision = 'fp32' | 'bf16';

let current: Precision = 'fp32';

/** The precision of products right now. */
export function getProductPrecision(): Precision {
  return current;
}

/**
 * Runs something with products of matrices, and with those of its gradients, in another precision. All else stays as it is: sums, softmax, recurrent layers,
 * optimizers and the weights themselves.
 *
 * @throws {RecsysError} `invalid-argument` for bf16 on a backend other than `native`
 */
export function withPrecision<T>(precision: Precision, compute: () => T): T {
  if (precision === 'bf16' && tf.getBackend() !== 'native')
    invalid(
      'withPrecision(precision)',
      `fp32 on the backend ${tf.getBackend()}`,
      'bf16',
      'The backend native knows bf16; see doctor().',
    );
  const before = current;
  current = precision;
  try {
    return compute();
  } finally {
    current = before;
  }
}
