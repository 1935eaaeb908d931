import { assertInteger, assertNumber } from '@footlight/core';
import { hasKernel } from '../run-kernel.js';
import { tf } from '../tfjs/tfjs.js';

/** Distinct ids of a batch, and which of them stands where. */
export interface DistinctIds {
  /** `[row]` int32: each id once, in the order in which they occur first. */
  readonly ids: tf.Tensor1D;
  /** `[batch, time]` int32: the row of `ids` that stands at each place. */
  readonly index: tf.Tensor2D;
}

/** Memory of `findDistinctIds`: `[id]`, 1 + the row of an id, or 0. All 0 between calls. */
let places = new Int32Array(0);

/**
 * Finds the distinct ids of a batch, if it pays to look up and to multiply each only once: for `lstmSequenceOfRows`
 * and `convolveRows`.
 *
 * @returns `undefined` where it does not pay: if the backend in use has no kernels for rows, or if more than `most` of
 *   the ids, a share, are distinct. Also if an id is not one of `count`: `lookup` says which.
 *
 * @throws {RecsysError} `invalid-argument` if `count` is not a positive integer, or `most` is not from 0 to 1
 * @example
 * findDistinctIds(tf.tensor2d([[7, 5], [7, 7]], [2, 2], 'int32'), 9) // ids [7, 5], index [[0, 1], [0, 0]]
 * @shape ids `[batch, time]` int32 → `[row]` and `[batch, time]`
 */
export function findDistinctIds(ids: tf.Tensor2D, count: number, most = 0.5): DistinctIds | undefined {
  assertInteger('findDistinctIds(count)', count);
  assertNumber('findDistinctIds(most)', most, { from: 0, to: 1 });
  if (ids.dtype !== 'int32' || !hasKernel('LstmSequenceOfRows')) return undefined;
  const values = ids.dataSync() as Int32Array;
  const limit = Math.floor(values.length * most);
  const index = new Int32Array(values.length);
  const distinct = new Int32Array(limit);
  if (places.length < count) places = new Int32Array(count);
  let found = 0;
  let at = 0;
  for (; at < values.length; at++) {
    const id = values[at]!;
    if (id < 0 || id >= count) break;
    if (places[id] === 0) {
      if (found === limit) break;
      distinct[found++] = id;
      places[id] = found;
    }
    index[at] = places[id]! - 1;
  }
  const rows = distinct.slice(0, found);
  for (const id of rows) places[id] = 0;
  if (at < values.length || found === 0) return undefined;
  return { ids: tf.tensor1d(rows, 'int32'), index: tf.tensor2d(index, ids.shape, 'int32') };
}
