import type { Kernels } from '@footlight/kernels';
import { tf } from '../../tfjs/tfjs.js';
import { allocateLike, type KernelsBackend, readNumbers } from './kernels-backend.js';
import { computeStrides, packStrides } from './strides.js';

type Values = Float32Array | Int32Array | Uint8Array;

/** Copies entries from one array to another, each with strides of its own. @returns `out` */
export function copyStrided<T extends Values>(
  kernels: Kernels,
  x: T,
  out: T,
  sizes: readonly number[],
  from: readonly number[],
  to: readonly number[],
  [start, target]: readonly [number, number] = [0, 0],
): T {
  kernels.copy({ x, from: start, out, to: target, strides: packStrides(sizes, from, to) });
  return out;
}

/** Makes a tensor whose entries are read from x with the given strides. */
export function rearrange(
  kernels: Kernels,
  backend: KernelsBackend,
  x: tf.TensorInfo,
  sizes: readonly number[],
  strides: readonly number[],
  shape: readonly number[] = sizes,
  start = 0,
): tf.TensorInfo | undefined {
  const values = readNumbers(backend, x);
  const length = tf.util.sizeFromShape(shape as number[]);
  if (!values || length === 0) return undefined;
  const out = copyStrided(
    kernels,
    values,
    allocateLike(backend, values, length),
    sizes,
    strides,
    computeStrides(sizes),
    [start, 0],
  );
  return backend.adopt(out, shape, x.dtype);
}

export function slice(
  kernels: Kernels,
  backend: KernelsBackend,
  x: tf.TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): tf.TensorInfo | undefined {
  const strides = computeStrides(x.shape);
  const start = begin.reduce((sum, at, axis) => sum + at * strides[axis]!, 0);
  return rearrange(kernels, backend, x, size, strides, size, start);
}
