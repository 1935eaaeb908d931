import { invalid } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { StoredTensor, TensorFile } from './tensor-file.js';

/** Copies the values of all parameters, by path. */
export async function copyParameters(parameters: ReadonlyMap<string, tf.Variable>): Promise<Map<string, StoredTensor>> {
  const values = new Map<string, StoredTensor>();
  for (const [path, variable] of parameters)
    values.set(path, { shape: variable.shape, values: (await variable.data()).slice() as Float32Array });
  return values;
}

/** The tensors of a file whose names begin with `name:`, by the rest of their names. */
export function readSection({ tensors }: TensorFile, name: string): Map<string, StoredTensor> {
  const prefix = `${name}:`;
  return new Map(
    [...tensors].flatMap(([path, tensor]): [string, StoredTensor][] =>
      path.startsWith(prefix) ? [[path.slice(prefix.length), tensor]] : [],
    ),
  );
}

/**
 * Sets all parameters to stored values.
 *
 * @throws {RecsysError} `invalid-argument` if a parameter is missing, or has another shape or type, or if there is a
 *   value that the model has no parameter for; no parameter has changed then
 */
export function restoreParameters(
  parameters: ReadonlyMap<string, tf.Variable>,
  values: ReadonlyMap<string, StoredTensor>,
): void {
  assertParameters(parameters, values);
  for (const [path, variable] of parameters) {
    const stored = values.get(path)!;
    tf.tidy(() => variable.assign(tf.tensor(stored.values.slice(), [...stored.shape], variable.dtype as 'float32')));
  }
}

/**
 * Checks that stored values are those of these parameters: the same names, shapes and types.
 *
 * @throws {RecsysError} `invalid-argument` with the first that differs
 */
export function assertParameters(
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
    const isInteger = stored.values instanceof Int32Array;
    if (isInteger !== (variable.dtype === 'int32') || stored.values instanceof Float64Array)
      invalid(
        'parameters',
        `${path} of type ${variable.dtype}`,
        isInteger ? 'int32' : 'another type',
        'Save it again.',
      );
  }
  const unknown = [...values.keys()].find((path) => !parameters.has(path));
  if (unknown !== undefined)
    invalid(
      'parameters',
      `values of ${[...parameters.keys()].join(', ') || 'no parameters'}`,
      unknown,
      'Load it with the model that was saved.',
    );
}
