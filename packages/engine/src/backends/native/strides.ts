import * as tf from '@tensorflow/tfjs';

interface Axis {
  readonly size: number;
  readonly first: number;
  readonly second: number;
}

/** Steps in numbers along each axis of an array that lies closely. */
export function computeStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, stride = 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** How two places are walked at once, with as few axes as say the same: axes of size 1 are left out, axes that continue each other are joined. */
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

/** The shape of two that are broadcast against each other, and how to walk them; no walk where both lie alike or one is a single number. */
export function broadcast(
  a: readonly number[],
  b: readonly number[],
): { shape: number[]; walk: Int32Array | undefined } {
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(a as number[], b as number[]);
  const size = tf.util.sizeFromShape(shape);
  const simple = (one: readonly number[]) =>
    one.every((length) => length === 1) || tf.util.sizeFromShape(one as number[]) === size;
  return {
    shape,
    walk:
      simple(a) && simple(b) ? undefined : packStrides(shape, broadcastStrides(a, shape), broadcastStrides(b, shape)),
  };
}

/** Strides of an array that is repeated to a larger shape: 0 along the axes that it lacks. */
function broadcastStrides(own: readonly number[], shape: readonly number[]): number[] {
  const strides = computeStrides(own);
  const missing = shape.length - own.length;
  return shape.map((_, axis) => (axis < missing || own[axis - missing] === 1 ? 0 : strides[axis - missing]!));
}
