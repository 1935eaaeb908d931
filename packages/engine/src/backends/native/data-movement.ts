import type { Kernels } from '@footlight/native';
import * as tf from '@tensorflow/tfjs';
import { allocateLike, type NativeBackend, readFloats, readInts, readNumbers } from './native-backend.js';
import { countEntries, type Kernel, replaceKernel } from './replace-kernel.js';
import { computeStrides, packStrides } from './strides.js';

type Values = Float32Array | Int32Array | Uint8Array;

/** What copies entries without computing with them, for any type of number; gathering and its gradient, casts to floats, constants. */
export function replaceDataMovement(kernels: Kernels): void {
  replaceKernel('Slice', ({ inputs, attrs, backend }) => {
    const x = inputs.x!;
    const [begin, size] = tf.slice_util.parseSliceParams(
      x as tf.Tensor,
      attrs.begin as number[],
      attrs.size as number[],
    );
    tf.slice_util.assertParamsValid(x, begin!, size!);
    return slice(kernels, backend, x, begin!, size!);
  });
  replaceKernel('SplitV', ({ inputs, attrs, backend }) => split(kernels, backend, inputs.x!, attrs));
  replaceKernel('Unpack', ({ inputs, attrs, backend }) =>
    unstack(kernels, backend, inputs.value!, attrs.axis as number),
  );
  replaceKernel('Concat', ({ inputs, attrs, backend }) =>
    concatenate(kernels, backend, Object.values(inputs), attrs.axis as number),
  );
  replaceKernel('Pack', ({ inputs, attrs, backend }) =>
    stack(kernels, backend, Object.values(inputs), attrs.axis as number),
  );
  replaceKernel('Transpose', ({ inputs, attrs, backend }) =>
    transpose(kernels, backend, inputs.x!, attrs.perm as number[]),
  );
  replaceKernel('Tile', ({ inputs, attrs, backend }) => tile(kernels, backend, inputs.x!, attrs.reps as number[]));
  replaceKernel('PadV2', ({ inputs, attrs, backend }) =>
    pad(kernels, backend, inputs.x!, attrs.paddings as [number, number][], attrs.constantValue as number),
  );
  replaceKernel('Reverse', ({ inputs, attrs, backend }) =>
    reverse(kernels, backend, inputs.x!, attrs.dims as number[]),
  );
  replaceKernel('GatherV2', createGather(kernels));
  replaceKernel('UnsortedSegmentSum', createSegmentSum(kernels));
  replaceKernel('OneHot', createOneHot(kernels));
  replaceKernel('Cast', cast);
  replaceKernel('Fill', ({ attrs, backend }) =>
    attrs.dtype === 'float32' ? createConstant(backend, attrs.shape as number[], attrs.value as number) : undefined,
  );
  replaceKernel('ZerosLike', ({ inputs, backend }) =>
    inputs.x!.dtype === 'float32' ? createConstant(backend, inputs.x!.shape, 0) : undefined,
  );
  replaceKernel('OnesLike', ({ inputs, backend }) =>
    inputs.x!.dtype === 'float32' ? createConstant(backend, inputs.x!.shape, 1) : undefined,
  );
}

/** Copies entries from one array to another along axes with strides of their own; returns where they went. */
export function copyStrided<T extends Values>(
  kernels: Kernels,
  x: T,
  out: T,
  sizes: readonly number[],
  from: readonly number[],
  to: readonly number[],
  [start, target]: readonly [number, number] = [0, 0],
): T {
  kernels.copy(x, start, out, target, packStrides(sizes, from, to));
  return out;
}

/** A tensor of new shape whose entries are read from x with the strides given. */
function rearrange(
  kernels: Kernels,
  backend: NativeBackend,
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

function slice(
  kernels: Kernels,
  backend: NativeBackend,
  x: tf.TensorInfo,
  begin: readonly number[],
  size: readonly number[],
) {
  const strides = computeStrides(x.shape);
  const start = begin.reduce((sum, at, axis) => sum + at * strides[axis]!, 0);
  return rearrange(kernels, backend, x, size, strides, size, start);
}

function split(kernels: Kernels, backend: NativeBackend, x: tf.TensorInfo, attrs: Readonly<Record<string, unknown>>) {
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

function unstack(kernels: Kernels, backend: NativeBackend, x: tf.TensorInfo, along: number) {
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

function concatenate(kernels: Kernels, backend: NativeBackend, tensors: readonly tf.TensorInfo[], along: number) {
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

function stack(kernels: Kernels, backend: NativeBackend, tensors: readonly tf.TensorInfo[], along: number) {
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

function transpose(kernels: Kernels, backend: NativeBackend, x: tf.TensorInfo, order: readonly number[]) {
  const strides = computeStrides(x.shape);
  return rearrange(
    kernels,
    backend,
    x,
    order.map((axis) => x.shape[axis]!),
    order.map((axis) => strides[axis]!),
  );
}

function tile(kernels: Kernels, backend: NativeBackend, x: tf.TensorInfo, repetitions: readonly number[]) {
  if (repetitions.length !== x.shape.length) return undefined;
  const strides = computeStrides(x.shape);
  return rearrange(
    kernels,
    backend,
    x,
    x.shape.flatMap((size, axis) => [repetitions[axis]!, size]),
    strides.flatMap((stride) => [0, stride]),
    x.shape.map((size, axis) => size * repetitions[axis]!),
  );
}

function pad(
  kernels: Kernels,
  backend: NativeBackend,
  x: tf.TensorInfo,
  paddings: readonly [number, number][],
  value: number,
) {
  const values = readNumbers(backend, x);
  if (!values?.length || x.shape.length === 0) return undefined;
  const shape = x.shape.map((size, axis) => paddings[axis]![0] + size + paddings[axis]![1]);
  const strides = computeStrides(shape);
  const start = paddings.reduce((sum, [before], axis) => sum + before * strides[axis]!, 0);
  const out = allocateLike(backend, values, tf.util.sizeFromShape(shape)).fill(value);
  return backend.adopt(
    copyStrided(kernels, values, out, x.shape, computeStrides(x.shape), strides, [0, start]),
    shape,
    x.dtype,
  );
}

function reverse(kernels: Kernels, backend: NativeBackend, x: tf.TensorInfo, dims: number[]) {
  if (x.shape.length === 0) return undefined;
  const axes = tf.util.parseAxisParam(dims, x.shape);
  const strides = computeStrides(x.shape);
  const start = axes.reduce((sum, axis) => sum + (x.shape[axis]! - 1) * strides[axis]!, 0);
  const turned = strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride));
  return rearrange(kernels, backend, x, x.shape, turned, x.shape, start);
}

function createGather(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const { x, indices } = inputs as Record<'x' | 'indices', tf.TensorInfo>;
    const values = readFloats(backend, x);
    const ids = readInts(backend, indices);
    if (!values?.length || !ids?.length) return undefined;
    const axis = tf.util.parseAxisParam(attrs.axis as number, x.shape)[0]!;
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
      tf.backend_util.segment_util.collectGatherOpShapeInfo(
        x as tf.Tensor,
        indices as tf.Tensor,
        axis,
        (attrs.batchDims as number | undefined) ?? 0,
      );
    const out = backend.arrays.allocate(tf.util.sizeFromShape(outputShape));
    kernels.gatherRows(values, ids, out, batchSize, outerSize, dimSize, sliceSize);
    return backend.adopt(out, outputShape, 'float32');
  };
}

function createSegmentSum(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as Record<'x' | 'segmentIds', tf.TensorInfo>;
    const values = readFloats(backend, x);
    const ids = readInts(backend, segmentIds);
    const count = attrs.numSegments as number;
    if (!values?.length || !ids?.length || segmentIds.shape.length !== 1 || ids.length !== x.shape[0] || count === 0)
      return undefined;
    const inner = values.length / ids.length;
    const out = backend.arrays.allocate(count * inner);
    kernels.sumSegments(values, ids, out, count, inner);
    return backend.adopt(out, [count, ...x.shape.slice(1)], 'float32');
  };
}

function createOneHot(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const { indices } = inputs as Record<'indices', tf.TensorInfo>;
    const { dtype, depth, onValue, offValue } = attrs as {
      dtype: string;
      depth: number;
      onValue: number;
      offValue: number;
    };
    const ids = readInts(backend, indices);
    if (!ids?.length || depth === 0 || dtype !== 'float32') return undefined;
    const out = backend.arrays.allocate(ids.length * depth);
    kernels.oneHot(ids, out, depth, onValue, offValue);
    return backend.adopt(out, [...indices.shape, depth], 'float32');
  };
}

/** To floats, so that an array always is of its tensor's type; and from floats to integers, faster than tfjs. */
const cast: Kernel = ({ inputs, attrs, backend }) => {
  const x = inputs.x!;
  const values = readNumbers(backend, x);
  if (!values || x.dtype === attrs.dtype) return undefined;
  if (attrs.dtype === 'int32') return backend.adopt(new Int32Array(values), x.shape, 'int32');
  if (attrs.dtype !== 'float32') return undefined;
  const out = backend.arrays.allocate(values.length);
  out.set(values);
  return backend.adopt(out, x.shape, 'float32');
};

function createConstant(backend: NativeBackend, shape: readonly number[], value: number): tf.TensorInfo {
  return backend.adopt(backend.arrays.allocate(tf.util.sizeFromShape(shape as number[])).fill(value), shape, 'float32');
}
