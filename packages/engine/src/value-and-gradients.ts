import { addRows, createDeviceGradient, findTensor, type Gradient, type RowGradient } from './gradient.js';
import { borrow, borrowFrom, holdsTensorsElsewhere, release } from './memory.js';
import {
  concatenateOnDevice,
  createScratch,
  gatherRows,
  mergeOnDevice,
  replaceRows,
  toMatrix,
} from './rows-on-device.js';
import { tf } from './tfjs/tfjs.js';

/** Collects the gradients of table rows during one call of `valueAndGradients`. */
export interface Collector {
  /** Takes the place of all tables on the tape. */
  readonly token: tf.Scalar;
  add(table: tf.Variable, gradient: RowGradient): void;
}

/** The collector of the call in progress, for `lookup` and other operations on tables. */
export let collector: Collector | undefined;

/**
 * Computes the value of `f` and its gradients with respect to the parameters that it uses, by path.
 *
 * A table that is only looked up gets a gradient of rows. A table that is also used as a whole gets a dense gradient
 * with both parts. Parameters that `f` does not use are absent.
 *
 * On a backend that holds tensors elsewhere, e.g. on a GPU, the gradients stay there until an optimizer has applied
 * them or `tf.tidy` ends; accessing their `values` reads them.
 *
 * @shape `f` → a scalar
 */
export function valueAndGradients(
  f: () => tf.Scalar,
  parameters: ReadonlyMap<string, tf.Variable>,
): { value: tf.Scalar; gradients: Map<string, Gradient> } {
  const rows = new Map<tf.Variable, RowGradient[]>();
  const token = tf.scalar(0);
  const outer = collector;
  collector = { token, add: (table, gradient) => void rows.set(table, [...(rows.get(table) ?? []), gradient]) };
  try {
    const variables = [...parameters.values()];
    const { value, grads } = tf.engine().gradients(f, [...variables, token], undefined, true);
    const gradients = new Map<string, Gradient>();
    [...parameters].forEach(([path, variable], at) => {
      const last = grads.lastIndexOf(grads[at]!) === at; // several parameters may share one gradient tensor
      const gradient = mergeGradient(variable, grads[at] as tf.Tensor | undefined, last, rows.get(variable));
      if (gradient) gradients.set(path, gradient);
    });
    tf.dispose(grads.filter((gradient) => gradient != null)); // null for parameters that f does not use
    return { value: value as tf.Scalar, gradients };
  } finally {
    collector = outer;
    token.dispose();
    for (const piece of [...rows.values()].flat()) findTensor(piece)?.dispose();
  }
}

function mergeGradient(
  variable: tf.Variable,
  dense: tf.Tensor | undefined,
  last: boolean,
  rows: readonly RowGradient[] | undefined,
): Gradient | undefined {
  if (holdsTensorsElsewhere()) return keepOnDevice(variable, dense, rows);
  if (!dense) return rows && concatenateRows(rows);
  const values = borrowFrom(dense, last);
  const dim = variable.shape[1] ?? 1;
  for (const piece of rows ?? []) {
    addRows(values, piece, dim);
    release(piece.values);
  }
  return { kind: 'dense', values };
}

/** Merges a gradient without reading it. The caller disposes of the pieces. */
function keepOnDevice(
  variable: tf.Variable,
  dense: tf.Tensor | undefined,
  pieces: readonly RowGradient[] | undefined,
): Gradient | undefined {
  if (!pieces) return dense && createDeviceGradient(tf.clone(dense));
  if (!dense) {
    const { ids, values } = concatenateOnDevice(pieces);
    return createDeviceGradient(values, ids);
  }
  const sum = tf.tidy(() => {
    const rows = mergeOnDevice(concatenateOnDevice(pieces), createScratch(variable.shape[0]!));
    const table = toMatrix(dense);
    const added = tf.add(gatherRows(table, rows.ids), rows.values) as tf.Tensor2D;
    return tf.reshape(replaceRows(table, { ids: rows.ids, values: added }), variable.shape);
  });
  return createDeviceGradient(sum);
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
