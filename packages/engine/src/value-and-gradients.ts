import * as tf from '@tensorflow/tfjs';
import { borrow, borrowFrom, release } from './memory.js';

/** The derivative of a scalar by every entry of a parameter. */
export interface DenseGradient {
  readonly kind: 'dense';
  readonly values: Float32Array; // in the parameter's shape
}

/** The derivative by some rows of a table; all others are 0. A row may occur more than once, its entries then add up. */
export interface RowGradient {
  readonly kind: 'rows';
  readonly ids: Int32Array; // [row]
  readonly values: Float32Array; // [row, dim]
}

export type Gradient = DenseGradient | RowGradient;

export interface Collector {
  /** Stands for all tables on the tape. */
  readonly token: tf.Scalar;
  add(table: tf.Variable, ids: Int32Array, values: Float32Array): void;
}

/** Where `lookup` and its kin leave the gradients of rows while a step runs. */
export let collector: Collector | undefined;

/**
 * The value of `f` and its gradients by the parameters it uses, keyed by path.
 *
 * Tables that are only looked up get gradients of rows; a table that is also used as a whole gets a dense gradient with both parts. Parameters that `f`
 * does not use are absent.
 *
 * @shape `f` → a scalar
 */
export function valueAndGradients(
  f: () => tf.Scalar,
  parameters: ReadonlyMap<string, tf.Variable>,
): { value: tf.Scalar; gradients: Map<string, Gradient> } {
  const pieces = new Map<tf.Variable, RowGradient[]>();
  const token = tf.scalar(0);
  const outer = collector;
  collector = {
    token,
    add: (table, ids, values) => void pieces.set(table, [...(pieces.get(table) ?? []), { kind: 'rows', ids, values }]),
  };
  try {
    const variables = [...parameters.values()];
    const { value, grads } = tf.engine().gradients(f, [...variables, token], undefined, true);
    const gradients = new Map<string, Gradient>();
    [...parameters].forEach(([path, variable], at) => {
      const last = grads.lastIndexOf(grads[at]!) === at; // of parameters that have one gradient in common
      const gradient = mergeGradient(variable, grads[at] as tf.Tensor | undefined, last, pieces.get(variable));
      if (gradient) gradients.set(path, gradient);
    });
    tf.dispose(grads.filter((gradient) => gradient != null)); // parameters that f does not use have none
    return { value: value as tf.Scalar, gradients };
  } finally {
    collector = outer;
    token.dispose();
  }
}

function mergeGradient(
  variable: tf.Variable,
  dense: tf.Tensor | undefined,
  last: boolean,
  rows: readonly RowGradient[] | undefined,
): Gradient | undefined {
  if (!dense) return rows && concatenateRows(rows);
  const values = borrowFrom(dense, last);
  const dim = variable.shape[1] ?? 1;
  for (const piece of rows ?? []) {
    addRows(values, piece, dim);
    release(piece.values);
  }
  return { kind: 'dense', values };
}

function concatenateRows(pieces: readonly RowGradient[]): RowGradient {
  if (pieces.length === 1) return pieces[0]!;
  const ids = new Int32Array(pieces.reduce((sum, piece) => sum + piece.ids.length, 0));
  const values = borrow(pieces.reduce((sum, piece) => sum + piece.values.length, 0));
  let [row, entry] = [0, 0];
  for (const piece of pieces) {
    ids.set(piece.ids, row);
    values.set(piece.values, entry);
    release(piece.values);
    row += piece.ids.length;
    entry += piece.values.length;
  }
  return { kind: 'rows', ids, values };
}

/** Adds the rows of a gradient to a dense one of the same table. */
export function addRows(dense: Float32Array, { ids, values }: RowGradient, dim: number): void {
  for (let row = 0; row < ids.length; row++) {
    const to = ids[row]! * dim;
    const from = row * dim;
    for (let d = 0; d < dim; d++) dense[to + d]! += values[from + d]!;
  }
}
