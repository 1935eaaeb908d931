import { tf } from '../../tfjs/tfjs.js';

interface Axis {
  readonly size: number;
  readonly first: number;
  readonly second: number;
}

/** Computes the strides of a contiguous array: the distance, in numbers, between neighbors along each axis. */
export function computeStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, stride = 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/**
 * Packs sizes and the strides of two arrays into the layout that the C++ kernels read. Uses as few axes as possible:
 * axes of size 1 are dropped, adjacent axes that are contiguous in both arrays are merged.
 */
export function packStrides(sizes: readonly number[], first: readonly number[], second: readonly number[]): Int32Array {
  const axes: Axis[] = [];
  sizes.forEach((size, at) => {
    const axis = { size, first: first[at]!, second: second[at]! };
    const last = axes.at(-1);
    if (size === 1) return;
    if (last && last.first === axis.first * size && last.second === axis.second * size)
      axes[axes.length - 1] = { ...axis, size: last.size * size };
    else axes.push(axis);
  });
  if (axes.length === 0) axes.push({ size: 1, first: 1, second: 1 });
  return Int32Array.from([
    ...axes.map(({ size }) => size),
    ...axes.map((axis) => axis.first),
    ...axes.map((axis) => axis.second),
  ]);
}

/**
 * Broadcasts two shapes: returns the common shape and the packed strides, which are absent if the two have equal
 * layouts or one is a single number.
 */
export function broadcast(
  a: readonly number[],
  b: readonly number[],
): { shape: number[]; strides: Int32Array | undefined } {
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(a as number[], b as number[]);
  const size = tf.util.sizeFromShape(shape);
  const simple = (one: readonly number[]) =>
    one.every((length) => length === 1) || tf.util.sizeFromShape(one as number[]) === size;
  return {
    shape,
    strides:
      simple(a) && simple(b) ? undefined : packStrides(shape, broadcastStrides(a, shape), broadcastStrides(b, shape)),
  };
}

/** Computes the strides of an array that is broadcast to a larger shape: 0 along the axes that it lacks. */
function broadcastStrides(own: readonly number[], shape: readonly number[]): number[] {
  const strides = computeStrides(own);
  const missing = shape.length - own.length;
  return shape.map((_, axis) => (axis < missing || own[axis - missing] === 1 ? 0 : strides[axis - missing]!));
}
