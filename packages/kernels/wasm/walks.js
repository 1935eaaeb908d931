import { getLength, getType } from './describe.js';

const axes = 12;

/** Returns the length of a typed array, 0 for anything else. */
export const measure = (value) => (getType(value) ? getLength(value) : 0);

/**
 * Reads a walk: sizes of axes, then strides in the first array, then those in the second.
 *
 * @returns the number of entries
 */
export function countEntries(args, walk, length) {
  if (length === 0 || length % 3 !== 0 || length > 3 * axes)
    args.fail('walk', 'three numbers per axis, at most 12 axes', `${length}`);
  if (getType(walk) !== 'Int32Array') args.array(walk, 'walk', 'Int32Array', length, false, undefined); // refuses it
  const rank = length / 3;
  for (let axis = 0; axis < rank; axis++) if (walk[axis] < 1) args.fail('walk', 'sizes from 1', `${walk[axis]}`);
  let count = 1;
  for (let axis = 0; axis < rank; axis++) count = args.multiply(count, walk[axis]);
  return count;
}

/** Checks that no position of a walk that starts at `from` lies outside an array. `which`: 1 for the first strides. */
export function checkInside(args, name, walk, rank, which, from, length) {
  let low = from;
  let high = from;
  for (let axis = 0; axis < rank; axis++) {
    const stride = walk[which * rank + axis];
    const span = args.multiply(stride, walk[axis] - 1);
    if (stride < 0) low = args.add(low, span);
    else high = args.add(high, span);
  }
  if (low < 0 || high >= length)
    args.fail(name, `positions from 0 to ${length - 1}`, `${BigInt(low)} to ${BigInt(high)}`);
}

/** Checks that no two steps write to one position: each axis begins behind what those with shorter strides span. */
export function checkApart(args, walk, rank) {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  order.sort((a, b) => Math.abs(walk[2 * rank + a]) - Math.abs(walk[2 * rank + b]));
  let span = 0;
  for (const axis of order) {
    if (walk[axis] === 1) continue;
    const stride = Math.abs(walk[2 * rank + axis]);
    if (stride <= span) args.fail('out', 'strides that write each number once', `a stride of ${walk[2 * rank + axis]}`);
    span = args.add(span, args.multiply(stride, walk[axis] - 1));
  }
}

/** Whether the strides read one number after the other. */
export function isInOrder(walk, rank, which) {
  let next = 1;
  for (let axis = rank - 1; axis >= 0; axis--) {
    if (walk[axis] !== 1 && walk[which * rank + axis] !== next) return false;
    next *= walk[axis];
  }
  return true;
}
