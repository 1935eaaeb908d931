import type { Kernels } from '@footlight/kernels';
import { tf } from '../../tfjs/tfjs.js';
import { copyStrided, rearrange, slice } from './copy-strided.js';
import { allocateLike, type KernelsBackend, readNumbers } from './kernels-backend.js';
import { countEntries } from './replace-kernel.js';
import { computeStrides } from './strides.js';

export function split(
  kernels: Kernels,
  backend: KernelsBackend,
  x: tf.TensorInfo,
  attrs: Readonly<Record<string, unknown>>,
): tf.TensorInfo[] | undefined {
  const axis = tf.util.parseAxisParam(attrs.axis as number, x.shape)[0]!;
  const sizes = tf.backend_util.prepareSplitSize(x as tf.Tensor, attrs.numOrSizeSplits as number[], axis);
  if (!readNumbers(backend, x) || countEntries(x) === 0 || sizes.includes(0)) return undefined;
  let start = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, at) => (at === axis ? start : 0));
    start += size;
    return slice(
      kernels,
      backend,
      x,
      begin,
      x.shape.map((length, at) => (at === axis ? size : length)),
    )!;
  });
}

export function unstack(
  kernels: Kernels,
  backend: KernelsBackend,
  x: tf.TensorInfo,
  along: number,
): tf.TensorInfo[] | undefined {
  const axis = along < 0 ? along + x.shape.length : along;
  if (!readNumbers(backend, x) || countEntries(x) === 0) return undefined;
  const without = (numbers: readonly number[]) => numbers.filter((_, at) => at !== axis);
  const strides = computeStrides(x.shape);
  return Array.from(
    { length: x.shape[axis]! },
    (_, at) =>
      rearrange(kernels, backend, x, without(x.shape), without(strides), without(x.shape), at * strides[axis]!)!,
  );
}

export function concatenate(
  kernels: Kernels,
  backend: KernelsBackend,
  tensors: readonly tf.TensorInfo[],
  along: number,
): tf.TensorInfo | undefined {
  const axis = tf.util.parseAxisParam(along, tensors[0]!.shape)[0]!;
  const parts = tensors.filter((tensor) => countEntries(tensor) > 0);
  const values = parts.map((part) => readNumbers(backend, part));
  if (parts.length < 2 || values.some((one) => !one) || parts.some(({ dtype }) => dtype !== parts[0]!.dtype))
    return undefined;
  tf.backend_util.assertParamsConsistent(
    tensors.map(({ shape }) => shape),
    axis,
  );
  const shape = tf.backend_util.computeOutShape(
    parts.map((part) => part.shape),
    axis,
  );
  const strides = computeStrides(shape);
  const out = allocateLike(backend, values[0]!, tf.util.sizeFromShape(shape));
  let at = 0;
  parts.forEach((part, which) => {
    copyStrided(kernels, values[which]!, out, part.shape, computeStrides(part.shape), strides, [
      0,
      at * strides[axis]!,
    ]);
    at += part.shape[axis]!;
  });
  return backend.adopt(out, shape, parts[0]!.dtype);
}

export function stack(
  kernels: Kernels,
  backend: KernelsBackend,
  tensors: readonly tf.TensorInfo[],
  along: number,
): tf.TensorInfo | undefined {
  const { shape, dtype } = tensors[0]!;
  const values = tensors.map((tensor) => readNumbers(backend, tensor));
  const alike = tensors.every((tensor) => tensor.dtype === dtype && tf.util.arraysEqual(tensor.shape, shape));
  if (tensors.length < 2 || !alike || values.some((one) => !one?.length)) return undefined;
  const axis = along < 0 ? along + shape.length + 1 : along;
  const stacked = [...shape.slice(0, axis), tensors.length, ...shape.slice(axis)];
  const strides = computeStrides(stacked);
  const step = strides[axis]!;
  strides.splice(axis, 1);
  const out = allocateLike(backend, values[0]!, tf.util.sizeFromShape(stacked));
  values.forEach((part, at) => {
    copyStrided(kernels, part!, out, shape, computeStrides(shape), strides, [0, at * step]);
  });
  return backend.adopt(out, stacked, dtype);
}
