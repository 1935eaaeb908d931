import { addRows, type Gradient, type RowGradient } from './gradient.js';
import { borrow, borrowFrom, release } from './memory.js';
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
