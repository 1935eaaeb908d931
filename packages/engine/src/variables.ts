import { assertInteger, RecsysError } from '@footlight/core';
import { countValues, toTensor, viewValues } from './memory.js';
import { runKernel } from './run-kernel.js';
import { tf } from './tfjs/tfjs.js';

/** The data that only the variable itself reads. */
const owned = new WeakMap<tf.Variable, object>();

/** How often the values of a variable were changed, or given away to be changed, in their place. */
const changes = new WeakMap<tf.Variable, number>();

/**
 * Creates a variable with initial values: `draw` receives zeros, which it may fill, and returns the values.
 *
 * The variable has memory of its own from the start, so the first update need not move its values.
 *
 * @example
 * createVariable([3, 2], (zeros) => zeros.fill(1))
 */
export function createVariable<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  draw: (zeros: Float32Array) => Float32Array,
): tf.Variable<R> {
  const values = allocateZeros(countValues('createVariable', shape));
  const drawn = draw(values);
  if (drawn !== values) values.set(drawn);
  const variable = tf.tidy(() => tf.variable(toTensor(values, shape) as tf.Tensor<R>));
  markOwned(variable);
  return variable;
}

/**
 * Lets `update` change the values of a variable: in place where the backend exposes its memory (native, cpu, wasm),
 * else through a copy. Other tensors keep their values, but on native and cpu an array that `dataSync` returned *is*
 * that memory, as small ones are on wasm, so copy it to keep it.
 */
export function updateValues(variable: tf.Variable, update: (values: Float32Array) => void): void {
  countChange(variable);
  if (isOwner(variable)) {
    update(viewValues(variable)!);
    return;
  }
  const values = allocateZeros(variable.size);
  values.set(variable.dataSync());
  update(values);
  tf.tidy(() => variable.assign(toTensor(values, variable.shape)));
  markOwned(variable);
}

/**
 * Returns the memory of a variable, moved to where nothing else reads it, on backends that expose their memory. Writing
 * to it changes the variable.
 */
export function claimValues(variable: tf.Variable): Float32Array {
  countChange(variable);
  if (!isOwner(variable)) updateValues(variable, () => {});
  return viewValues(variable)!;
}

function countChange(variable: tf.Variable): void {
  changes.set(variable, (changes.get(variable) ?? 0) + 1);
}

/**
 * Watches variables, for values that are computed from them and stored: returns a function that tells whether an
 * optimizer or `assign` may have changed one of them since it was called last; true at first.
 *
 * @example
 * const haveChanged = watchVariables([table]);
 * if (haveChanged()) console.log('compute again');
 */
export function watchVariables(variables: readonly tf.Variable[]): () => boolean {
  let seen: readonly unknown[] = [];
  return () => {
    const now = variables.flatMap((variable) => [variable.dataId, changes.get(variable)]);
    const haveChanged = seen.length === 0 || now.some((value, at) => value !== seen[at]);
    seen = now;
    return haveChanged;
  };
}

/**
 * Allocates zeros for values that live long, as weights and moments do, in memory that the kernels read without a copy.
 * The native backend puts large arrays where distant rows are found faster.
 */
export function allocateZeros(length: number): Float32Array {
  assertInteger('allocateZeros(length)', length, { minimum: 0 });
  if (length > remaining)
    throw new RecsysError(
      'out-of-range',
      `limitVariables: expected variables of at most ${limit} values, received more: ${length} in the next one.`,
    );
  remaining -= length;
  return runKernel('allocateZeros', { length }, () => new Float32Array(length));
}

let limit = Infinity;
let remaining = Infinity;

/**
 * Creates something with variables, e.g. a model whose sizes come from a file, of at most `values` values; memory for
 * more is not allocated. If `create` throws, the variables that it created are disposed of.
 *
 * @throws {RecsysError} `out-of-range` if the variables are larger; `invalid-argument` unless `values` is an integer
 *   from 0 on
 */
export function limitVariables<T>(values: number, create: () => T): T {
  assertInteger('limitVariables(values)', values, { minimum: 0 });
  const before = new Set(Object.values(tf.engine().registeredVariables));
  limit = values;
  remaining = values;
  try {
    return create();
  } catch (error) {
    for (const variable of Object.values(tf.engine().registeredVariables))
      if (!before.has(variable)) variable.dispose();
    throw error;
  } finally {
    limit = Infinity;
    remaining = Infinity;
  }
}

function markOwned(variable: tf.Variable): void {
  if (viewValues(variable)) owned.set(variable, variable.dataId);
}

/**
 * Whether nothing else reads the memory of a variable. Clones share it, and on cpu so does the array that a tensor was
 * made of.
 */
function isOwner(variable: tf.Variable): boolean {
  return (
    owned.get(variable) === variable.dataId &&
    tf.backend().refCount(variable.dataId) === 1 &&
    viewValues(variable) !== undefined
  );
}
