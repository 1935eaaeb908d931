import { invalid } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import type { StoredTensor } from './tensor-file.js';

/** Copies the values of all parameters, by path. */
export async function copyParameters(parameters: ReadonlyMap<string, tf.Variable>): Promise<Map<string, StoredTensor>> {
  const values = new Map<string, StoredTensor>();
  for (const [path, variable] of parameters)
    values.set(path, { shape: variable.shape, values: (await variable.data()).slice() as Float32Array });
  return values;
}

/**
 * Sets all parameters to stored values.
 *
 * @throws {RecsysError} `invalid-argument` if a parameter is missing or has another shape
 */
export function restoreParameters(
  parameters: ReadonlyMap<string, tf.Variable>,
  values: ReadonlyMap<string, StoredTensor>,
): void {
  for (const [path, variable] of parameters) {
    const stored =
      values.get(path) ??
      invalid(
        'parameters',
        `a value for ${path}, which this model has`,
        [...values.keys()].join(', ') || 'none',
        'Load it with the model that was saved.',
      );
    if (stored.shape.join() !== variable.shape.join())
      invalid(
        'parameters',
        `${path} of shape [${variable.shape.join(', ')}]`,
        `[${stored.shape.join(', ')}]`,
        'Build the model with the sizes it was saved with.',
      );
    tf.tidy(() => variable.assign(tf.tensor(stored.values.slice(), [...stored.shape], variable.dtype as 'float32')));
  }
}
