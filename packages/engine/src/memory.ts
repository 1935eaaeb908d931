import { assertInteger } from '@footlight/core';
import type { NativeBackend } from './backends/native/native-backend.js';
import { tf } from './tfjs/tfjs.js';

interface CpuBackend {
  data: { get(id: object): { values?: unknown } };
}

export interface WasmBackend {
  wasm: {
    HEAPU8: Uint8Array;
    tfjs: { disposeData(id: number): void; registerTensor(id: number, size: number, memoryOffset: number): void };
  };
  dataIdMap: { get(id: object): { id: number; memoryOffset: number } };
}

/**
 * Returns a view of the memory of a float tensor, or `undefined` if the backend does not expose it. A view of wasm
 * memory is valid until the next allocation.
 */
export function viewValues(tensor: tf.Tensor): Float32Array | undefined {
  const name = tf.getBackend();
  if (name === 'cpu' || name === 'native') {
    const { values } = (tf.backend() as unknown as CpuBackend).data.get(tensor.dataId);
    return values instanceof Float32Array ? values : undefined;
  }
  if (name !== 'wasm') return undefined;
  const { wasm, dataIdMap } = tf.backend() as unknown as WasmBackend;
  return new Float32Array(wasm.HEAPU8.buffer, dataIdMap.get(tensor.dataId).memoryOffset, tensor.size);
}

/** Whether the backend in use holds tensors where JavaScript cannot reach them, e.g. in the memory of a GPU. */
export function holdsTensorsElsewhere(): boolean {
  const name = tf.getBackend();
  return name !== 'cpu' && name !== 'native' && name !== 'wasm';
}

/**
 * Reads the values of a float tensor for immediate use. Where the backend exposes its memory, this is that memory,
 * which is reused after the tensor is disposed. (`dataSync` returns values that may be kept, so the native backend has
 * to allocate new memory afterwards.)
 */
export function readValues(tensor: tf.Tensor): Float32Array {
  return viewValues(tensor) ?? (tensor.dataSync() as Float32Array);
}

/**
 * Allocates memory for a tensor whose every number will be written. Its content is undefined: on the native backend it
 * is memory of earlier tensors. Pass it to `toTensor`.
 */
export function allocate(length: number): Float32Array {
  const backend = findNativeBackend();
  return backend ? backend.arrays.allocate(length) : new Float32Array(length);
}

/** Checks the sizes of a shape and returns their product. */
export function countValues(where: string, shape: readonly number[]): number {
  for (const size of shape) assertInteger(`${where}(shape)`, size, { minimum: 0 });
  return tf.util.sizeFromShape([...shape]);
}

/** Makes a tensor of memory from `allocate`. The memory belongs to the tensor from then on. */
export function toTensor(values: Float32Array, shape: number[]): tf.Tensor {
  const backend = findNativeBackend();
  if (!backend) return tf.tensor(values, shape);
  return tf.engine().makeTensorFromTensorInfo(backend.adopt(values, shape, 'float32'));
}

const borrowed = new WeakSet<ArrayBufferLike>();

/** Allocates memory as `allocate` does, to be returned with `release` rather than made a tensor of. */
export function borrow(length: number): Float32Array {
  const values = allocate(length);
  borrowed.add(values.buffer);
  return values;
}

/**
 * Borrows memory with the values of a tensor. With `last`, the tensor is disposed of and its own memory is borrowed
 * without a copy, if nothing else reads it.
 */
export function borrowFrom(tensor: tf.Tensor, last: boolean): Float32Array {
  const taken = last ? findNativeBackend()?.takeOver(tensor) : undefined;
  if (taken) {
    borrowed.add(taken.buffer);
    return taken;
  }
  const values = borrow(tensor.size);
  values.set(readValues(tensor));
  return values;
}

/**
 * Returns borrowed memory, given it or a view of it. Memory that was not borrowed, or was released before, is left
 * alone.
 */
export function release({ buffer }: Float32Array): void {
  if (borrowed.delete(buffer)) findNativeBackend()?.arrays.recycle(new Float32Array(buffer));
}

function findNativeBackend(): NativeBackend | undefined {
  return tf.getBackend() === 'native' ? (tf.backend() as unknown as NativeBackend) : undefined;
}
