import { findTensor, type Gradient } from '../gradient.js';
import { createScratch, gatherRows, mergeOnDevice, replaceRows, toMatrix } from '../rows-on-device.js';
import { tf } from '../tfjs/tfjs.js';
import type { Rows } from './types.js';

/**
 * An update as tensor operations, for backends that hold tensors elsewhere: returns the new weights and the new slots.
 * All tensors have one shape.
 */
export type TensorUpdate = (
  weights: tf.Tensor,
  gradient: tf.Tensor,
  slots: readonly tf.Tensor[],
) => [weights: tf.Tensor, ...slots: tf.Tensor[]];

/** What an update on the device reads. */
export interface DeviceUpdate {
  readonly variable: tf.Variable;
  readonly gradient: Gradient;
  /** Each in the shape of the variable. */
  readonly slots: readonly tf.Tensor[];
  readonly rows: Rows;
}

/**
 * Updates a variable where its backend holds it: nothing is read. Lazy rows are gathered, updated and put back.
 *
 * @returns the new slots, which the caller disposes of
 */
export function updateOnDevice(update: TensorUpdate, { variable, gradient, slots, rows }: DeviceUpdate): tf.Tensor[] {
  return tf.tidy(() => {
    const tables = [variable, ...slots];
    const updated =
      gradient.kind === 'rows' && rows === 'lazy'
        ? updateRows(update, tables, gradient)
        : apply(update, tables, toDense(gradient, variable.shape));
    const [weights, ...moments] = updated.map((tensor) => tf.reshape(tensor, variable.shape));
    variable.assign(weights!);
    return moments.map((tensor) => tf.keep(tensor));
  });
}

function apply(update: TensorUpdate, [weights, ...slots]: readonly tf.Tensor[], gradient: tf.Tensor): tf.Tensor[] {
  return update(weights!, gradient, slots);
}

type RowGradient = Extract<Gradient, { kind: 'rows' }>;

function updateRows(update: TensorUpdate, tables: readonly tf.Tensor[], gradient: RowGradient): tf.Tensor[] {
  const matrices = tables.map(toMatrix);
  const { ids, values } = mergeRows(gradient, matrices[0]!.shape);
  if (ids.length === 0) return [...tables];
  const before = matrices.map((matrix) => gatherRows(matrix, ids)); // [row, dim]
  return apply(update, before, values).map((after, at) =>
    replaceRows(matrices[at]!, { ids, values: after as tf.Tensor2D }),
  );
}

function toDense(gradient: Gradient, shape: number[]): tf.Tensor {
  if (gradient.kind === 'dense') return tf.reshape(toTensor(gradient), shape);
  const rows = shape[0] ?? 1;
  const size: [number, number] = [rows, rows === 0 ? 0 : tf.util.sizeFromShape(shape) / rows];
  return tf.reshape(replaceRows(tf.zeros(size), mergeRows(gradient, size)), shape);
}

function mergeRows(gradient: RowGradient, [rowCount, dim]: [number, number]) {
  const { ids } = gradient;
  return mergeOnDevice({ ids, values: tf.reshape(toTensor(gradient), [ids.length, dim]) }, createScratch(rowCount));
}

function toTensor(gradient: Gradient): tf.Tensor {
  return findTensor(gradient) ?? tf.tensor(gradient.values);
}
