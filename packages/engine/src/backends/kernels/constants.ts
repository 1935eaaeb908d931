import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { type KernelsBackend, readNumbers } from './kernels-backend.js';
import { type Kernel, replaceKernel } from './replace-kernel.js';

/** Replaces the kernels that make tensors of one value, and casts. */
export function replaceConstants(build: Build): void {
  replaceKernel(build, 'Cast', cast);
  replaceKernel(build, 'Fill', ({ attrs, backend }) =>
    attrs.dtype === 'float32' ? fillTensor(backend, attrs.shape as number[], attrs.value as number) : undefined,
  );
  replaceKernel(build, 'ZerosLike', ({ inputs, backend }) =>
    inputs.x!.dtype === 'float32' ? fillTensor(backend, inputs.x!.shape, 0) : undefined,
  );
  replaceKernel(build, 'OnesLike', ({ inputs, backend }) =>
    inputs.x!.dtype === 'float32' ? fillTensor(backend, inputs.x!.shape, 1) : undefined,
  );
}

/**
 * Casts to floats, so that the array of a tensor always has the tensor's type; and from floats to integers, faster than
 * tfjs.
 */
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

function fillTensor(backend: KernelsBackend, shape: readonly number[], value: number): tf.TensorInfo {
  return backend.adopt(backend.arrays.allocate(tf.util.sizeFromShape(shape as number[])).fill(value), shape, 'float32');
}
