import { assertInteger } from '@footlight/core';
import { findBuild } from './backends/kernels/find-build.js';
import type { KernelsBackend } from './backends/kernels/kernels-backend.js';
import { tf } from './tfjs/tfjs.js';

interface CpuBackend {
  data: { get(id: object): { values?: unknown } };
}

/**
 * Returns the memory of a float tensor, or `undefined` if the backend does not expose it. It is valid until the tensor
 * is disposed.
 */
export function viewValues(tensor: tf.Tensor): Float32Array | undefined {
  if (holdsTensorsElsewhere()) return undefined;
  const { values } = (tf.backend() as unknown as CpuBackend).data.get(tensor.dataId);
  return values instanceof Float32Array ? values : undefined;
}

/** Whether the backend in use holds tensors where JavaScript cannot reach them, e.g. in the memory of a GPU. */
export function holdsTensorsElsewhere(): boolean {
  return tf.getBackend() !== 'cpu' && !findKernelsBackend();
}

/** Moves values that live long to memory that the kernels of the backend in use read without a copy. */
export function moveToKernels(values: Float32Array): Float32Array {
  return findKernelsBackend()?.arrays.moveIn(values) ?? values;
}

/** The inverse of `moveToKernels`: what the garbage collector of JavaScript does not free is copied and freed. */
export function moveFromKernels(values: Float32Array): Float32Array {
  return findKernelsBackend()?.arrays.moveOut(values) ?? values;
}

/** Returns values of a variable or an optimizer for a caller who may keep them. */
export function copyFromKernels(values: Float32Array): Float32Array {
  return findKernelsBackend()?.arrays.takeOut(values) ?? values;
}

/**
 * Reads the values of a float tensor for immediate use. Where the backend exposes its memory, this is that memory,
 * which is reused after the tensor is disposed. (`dataSync` returns values that may be kept, so the backends of the
 * kernels have to allocate new memory for it.)
 */
export function readValues(tensor: tf.Tensor): Float32Array {
  return viewValues(tensor) ?? (tensor.dataSync() as Float32Array);
}

/**
 * Allocates memory for a tensor whose every number will be written. Its content is undefined: on the backends
 * of the kernels it is memory of earlier tensors. Pass it to `toTensor`.
 */
export function allocate(length: number): Float32Array {
  const backend = findKernelsBackend();
  return backend ? backend.arrays.allocate(length) : new Float32Array(length);
}

/** Checks the sizes of a shape and returns their product. */
export function countValues(where: string, shape: readonly number[]): number {
  for (const size of shape) assertInteger(`${where}(shape)`, size, { minimum: 0 });
  return tf.util.sizeFromShape([...shape]);
}

/** Makes a tensor of memory from `allocate`. The memory belongs to the tensor from then on. */
export function toTensor(values: Float32Array, shape: number[]): tf.Tensor {
  const backend = findKernelsBackend();
  if (!backend) return tf.tensor(values, shape);
  return tf.engine().makeTensorFromTensorInfo(backend.adopt(values, shape, 'float32'));
}

/** A whole array that was borrowed, until it is released. */
interface Loan {
  values: Float32Array | undefined;
}

const loans = new WeakMap<Float32Array, Loan>(); // by the array, or a part of it

/** Allocates memory as `allocate` does, to be returned with `release` rather than made a tensor of. */
export function borrow(length: number): Float32Array {
  return recordLoan(allocate(length));
}

function recordLoan(values: Float32Array): Float32Array {
  loans.set(values, { values });
  return values;
}

/** Returns the first numbers of borrowed memory, which stands for the whole in `release`. */
export function takeFirst(borrowed: Float32Array, length: number): Float32Array {
  const part = borrowed.subarray(0, length);
  const loan = loans.get(borrowed);
  if (loan) loans.set(part, loan);
  return part;
}

/**
 * Borrows memory with the values of a tensor. With `last`, the tensor is disposed of and its own memory is borrowed
 * without a copy, if nothing else reads it.
 */
export function borrowFrom(tensor: tf.Tensor, last: boolean): Float32Array {
  const taken = last ? findKernelsBackend()?.takeOver(tensor) : undefined;
  if (taken) return recordLoan(taken);
  const values = borrow(tensor.size);
  values.set(readValues(tensor));
  return values;
}

/**
 * Releases memory that `borrowFrom` or `borrow` returned, given all of it or what `takeFirst` returned. Memory that was
 * not borrowed, or was released before, is left alone.
 */
export function release(borrowed: Float32Array): void {
  const loan = loans.get(borrowed);
  if (!loan?.values) return;
  findKernelsBackend()?.arrays.recycle(loan.values);
  loan.values = undefined;
}

function findKernelsBackend(): KernelsBackend | undefined {
  return findBuild(tf.getBackend()) && (tf.backend() as unknown as KernelsBackend);
}
