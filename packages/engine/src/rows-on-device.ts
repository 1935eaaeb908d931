import { findTensor, type RowGradient } from './gradient.js';
import { tf } from './tfjs/tfjs.js';

/** Rows of a table on a device. Their ids are in the memory of JavaScript. */
export interface DeviceRows {
  /** `[row]` */
  readonly ids: Int32Array;
  /** `[row, dim]` */
  readonly values: tf.Tensor2D;
}

/** Concatenates gradients of rows that are on the device. */
export function concatenateOnDevice(gradients: readonly RowGradient[]): DeviceRows {
  const ids = new Int32Array(gradients.reduce((sum, gradient) => sum + gradient.ids.length, 0));
  let row = 0;
  for (const gradient of gradients) {
    ids.set(gradient.ids, row);
    row += gradient.ids.length;
  }
  const pieces = gradients.map((gradient) => findTensor(gradient) as tf.Tensor2D);
  return { ids, values: pieces.length === 1 ? tf.clone(pieces[0]!) : tf.concat(pieces, 0) };
}

/**
 * Adds up the entries of rows that occur more than once, in pairs, then pairs of pairs: the order of the additions
 * depends on the ids alone, so that every run has the same bytes, and only gathers and sums are needed, which every
 * backend computes without atomics.
 *
 * Call it inside `tf.tidy`.
 *
 * @param waiting `[row of the table]`: scratch memory, all −1 before and after
 */
export function mergeOnDevice({ ids, values }: DeviceRows, waiting: Int32Array): DeviceRows {
  const [left, right]: [number[], number[]] = [[], []];
  for (let entry = 0; entry < ids.length; entry++) {
    const id = ids[entry]!;
    const other = waiting[id]!;
    if (other >= 0) {
      left.push(other);
      right.push(entry);
    }
    waiting[id] = other >= 0 ? -1 : entry;
  }
  const alone = Array.from(ids.keys()).filter((entry) => waiting[ids[entry]!] === entry);
  for (const entry of alone) waiting[ids[entry]!] = -1;
  if (left.length === 0) return { ids, values };
  const sums = tf.add(gatherRows(values, left), gatherRows(values, right)) as tf.Tensor2D;
  const merged = alone.length === 0 ? sums : tf.concat([sums, gatherRows(values, alone)], 0);
  const order = [...left, ...alone];
  return mergeOnDevice({ ids: Int32Array.from(order, (entry) => ids[entry]!), values: merged }, waiting);
}

/** Gathers rows. @shape table `[row, dim]` → `[entry, dim]` */
export function gatherRows(table: tf.Tensor2D, ids: ArrayLike<number>): tf.Tensor2D {
  return tf.gather(table, tf.tensor1d(Int32Array.from(ids), 'int32'));
}

/** Replaces rows of a table; no row may occur twice. @shape table `[row, dim]` → `[row, dim]` */
export function replaceRows(table: tf.Tensor2D, { ids, values }: DeviceRows): tf.Tensor2D {
  if (ids.length === 0) return tf.clone(table);
  return tf.tensorScatterUpdate(table, tf.tensor2d(ids, [ids.length, 1], 'int32'), values);
}

/** Creates scratch memory for `mergeOnDevice`. */
export function createScratch(rowCount: number): Int32Array {
  return new Int32Array(rowCount).fill(-1);
}

/** Views a table, or a vector of one number per row, as a matrix. @shape `[row, …]` → `[row, dim]` */
export function toMatrix(table: tf.Tensor): tf.Tensor2D {
  const rows = table.shape[0] ?? 1;
  return tf.reshape(table, [rows, rows === 0 ? 0 : table.size / rows]);
}
