import { invalid } from '@footlight/core';
import type * as tf from '@tensorflow/tfjs';

/**
 * Ids of rows as numbers, checked. Backends differ in what they do with an id out of range, none of it useful, so it never reaches them.
 *
 * @shape ids `[...]` int32 → as many numbers, in their order
 * @throws {RecsysError} `invalid-argument` if an id is not one of `count` rows, or ids are not int32
 */
export function readRowIds(where: string, ids: tf.Tensor, count: number): Int32Array {
  if (ids.dtype !== 'int32') invalid(where, 'int32', ids.dtype);
  const values = ids.dataSync() as Int32Array;
  const wrong = findFirstOutside(values, count);
  if (wrong < values.length)
    invalid(where, `ids from 0 to ${count - 1}`, `${values[wrong]} at [${toCoordinates(wrong, ids.shape).join(', ')}]`);
  return values;
}

/** Where the first id stands that is none; behind the last one if there is none. A loop of its own: `findIndex` takes several times as long. */
function findFirstOutside(ids: Int32Array, count: number): number {
  let at = 0;
  while (at < ids.length && ids[at]! >= 0 && ids[at]! < count) at++;
  return at;
}

function toCoordinates(at: number, shape: readonly number[]): number[] {
  let rest = at;
  return shape.map((_, axis) => {
    const stride = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
    const coordinate = Math.floor(rest / stride);
    rest %= stride;
    return coordinate;
  });
}
