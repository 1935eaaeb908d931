import type { Kernels } from '@footlight/kernels';
import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { copyStrided, rearrange, slice } from './copy-strided.js';
import { concatenate, split, stack, unstack } from './joining.js';
import { allocateLike, type KernelsBackend, readNumbers } from './kernels-backend.js';
import { replaceKernel } from './replace-kernel.js';
import { computeStrides } from './strides.js';

/** Replaces the kernels that copy entries without computing, for tensors of any type of number. */
export function replaceDataMovement(build: Build): void {
  const { kernels } = build;
  replaceKernel(build, 'Slice', ({ inputs, attrs, backend }) => {
    const x = inputs.x!;
    const [begin, size] = tf.slice_util.parseSliceParams(
      x as tf.Tensor,
      attrs.begin as number[],
      attrs.size as number[],
    );
    tf.slice_util.assertParamsValid(x, begin!, size!);
    return slice(kernels, backend, x, begin!, size!);
  });
  replaceKernel(build, 'SplitV', ({ inputs, attrs, backend }) => split(kernels, backend, inputs.x!, attrs));
  replaceKernel(build, 'Unpack', ({ inputs, attrs, backend }) =>
    unstack(kernels, backend, inputs.value!, attrs.axis as number),
  );
  replaceKernel(build, 'Concat', ({ inputs, attrs, backend }) =>
    concatenate(kernels, backend, Object.values(inputs), attrs.axis as number),
  );
  replaceKernel(build, 'Pack', ({ inputs, attrs, backend }) =>
    stack(kernels, backend, Object.values(inputs), attrs.axis as number),
  );
  replaceKernel(build, 'Transpose', ({ inputs, attrs, backend }) =>
    transpose(kernels, backend, inputs.x!, attrs.perm as number[]),
  );
  replaceKernel(build, 'Tile', ({ inputs, attrs, backend }) =>
    tile(kernels, backend, inputs.x!, attrs.reps as number[]),
  );
  replaceKernel(build, 'PadV2', ({ inputs, attrs, backend }) =>
    pad(kernels, backend, inputs.x!, attrs.paddings as [number, number][], attrs.constantValue as number),
  );
  replaceKernel(build, 'Reverse', ({ inputs, attrs, backend }) =>
    reverse(kernels, backend, inputs.x!, attrs.dims as number[]),
  );
}

function transpose(kernels: Kernels, backend: KernelsBackend, x: tf.TensorInfo, order: readonly number[]) {
  const strides = computeStrides(x.shape);
  return rearrange(
    kernels,
    backend,
    x,
    order.map((axis) => x.shape[axis]!),
    order.map((axis) => strides[axis]!),
  );
}

function tile(kernels: Kernels, backend: KernelsBackend, x: tf.TensorInfo, repetitions: readonly number[]) {
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
  backend: KernelsBackend,
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

function reverse(kernels: Kernels, backend: KernelsBackend, x: tf.TensorInfo, dims: number[]) {
  if (x.shape.length === 0) return undefined;
  const axes = tf.util.parseAxisParam(dims, x.shape);
  const strides = computeStrides(x.shape);
  const start = axes.reduce((sum, axis) => sum + (x.shape[axis]! - 1) * strides[axis]!, 0);
  const negated = strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride));
  return rearrange(kernels, backend, x, x.shape, negated, x.shape, start);
}
