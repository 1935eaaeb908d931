import { getLength, getType } from './describe.js';

const axes = 12;

/** Returns the length of a typed array, 0 for anything else. */
export const measure = (value) => (getType(value) ? getLength(value) : 0);

/**
 * Reads strides: sizes of axes, then strides in the first array, then those in the second.
 *
 * @returns the number of entries
 */
export function countEntries(args, strides, length) {
  if (length === 0 || length % 3 !== 0 || length > 3 * axes)
    args.fail('strides', 'three numbers per axis, at most 12 axes', `${length}`);
  // refuses it
  if (getType(strides) !== 'Int32Array') args.array(strides, 'strides', 'Int32Array', length, false, undefined);
  const rank = length / 3;
  for (let axis = 0; axis < rank; axis++)
    if (strides[axis] < 1) args.fail('strides', 'sizes from 1', `${strides[axis]}`);
  let count = 1;
  for (let axis = 0; axis < rank; axis++) count = args.multiply(count, strides[axis]);
  return count;
}

/** Checks that no position of strides that start at `from` lies outside an array. `which`: 1 for the first strides. */
export function checkInside(args, name, strides, rank, which, from, length) {
  let low = from;
  let high = from;
  for (let axis = 0; axis < rank; axis++) {
    const stride = strides[which * rank + axis];
    const span = args.multiply(stride, strides[axis] - 1);
    if (stride < 0) low = args.add(low, span);
    else high = args.add(high, span);
  }
  if (low < 0 || high >= length)
    args.fail(name, `positions from 0 to ${length - 1}`, `${BigInt(low)} to ${BigInt(high)}`);
}

/** Checks that no two steps write to one position: each axis begins behind what those with shorter strides span. */
export function checkApart(args, strides, rank) {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  order.sort((a, b) => Math.abs(strides[2 * rank + a]) - Math.abs(strides[2 * rank + b]));
  let span = 0;
  for (const axis of order) {
    if (strides[axis] === 1) continue;
    const stride = Math.abs(strides[2 * rank + axis]);
    if (stride <= span)
      args.fail('out', 'strides that write each number once', `a stride of ${strides[2 * rank + axis]}`);
    span = args.add(span, args.multiply(stride, strides[axis] - 1));
  }
}

/** Whether the strides read one number after the other. */
export function isInOrder(strides, rank, which) {
  let next = 1;
  for (let axis = rank - 1; axis >= 0; axis--) {
    if (strides[axis] !== 1 && strides[which * rank + axis] !== next) return false;
    next *= strides[axis];
  }
  return true;
}
