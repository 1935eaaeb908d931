import * as tf from '@tensorflow/tfjs';
import { loadNativeKernels } from './backends/native/load-kernels.js';
import type { NativeBackend } from './backends/native/native-backend.js';

interface CpuBackend {
  data: { get(id: object): { values?: unknown } };
}

interface WasmBackend {
  wasm: {
    HEAPU8: Uint8Array;
    tfjs: { disposeData(id: number): void; registerTensor(id: number, size: number, memoryOffset: number): void };
  };
  dataIdMap: { get(id: object): { id: number; memoryOffset: number } };
}

/** The data that only the variable itself reads. */
const owned = new WeakMap<tf.Variable, object>();

/**
 * A variable with the values that `draw` returns, given zeros to fill. Its memory is its own from the start, so that the first update need not move them.
 *
 * @example
 * createVariable([3, 2], (zeros) => zeros.fill(1))
 */
export function createVariable<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  draw: (allocateZeros: Float32Array) => Float32Array,
): tf.Variable<R> {
  const room = zeros(tf.util.sizeFromShape(shape));
  const drawn = draw(room);
  if (drawn !== room) room.set(drawn);
  const variable = tf.tidy(() => tf.variable(tf.tensor<R>(room, shape)));
  if (viewValues(variable)) owned.set(variable, variable.dataId);
  return variable;
}

/**
 * Lets `update` change the values of a variable: in place where the backend keeps them in memory that JavaScript sees (native, cpu, wasm), else by a copy there
 * and back. Other tensors keep their values. But on native and cpu an array that `dataSync` returned *is* that memory: slice what is to be kept.
 */
export function updateValues(variable: tf.Variable, update: (values: Float32Array) => void): void {
  if (isOwner(variable)) {
    update(viewValues(variable)!);
    dropPackedCopy(variable);
    return;
  }
  const values = zeros(variable.size);
  values.set(variable.dataSync());
  update(values);
  tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  if (viewValues(variable)) owned.set(variable, variable.dataId);
}

/** The memory of a variable that nothing else reads, of backends that keep it where JavaScript sees it. What is written there is the variable's value. */
export function claimValues(variable: tf.Variable): Float32Array {
  if (!isOwner(variable)) updateValues(variable, () => {});
  return viewValues(variable)!;
}

/**
 * The wasm backend packs the right side of a matrix product once and goes by its id from then on: it would multiply by the old values for ever. Giving
 * the same memory up and in again makes it forget them.
 */
function dropPackedCopy(variable: tf.Variable): void {
  if (tf.getBackend() !== 'wasm') return;
  const { wasm, dataIdMap } = tf.backend() as unknown as WasmBackend;
  const { id, memoryOffset } = dataIdMap.get(variable.dataId);
  wasm.tfjs.disposeData(id);
  wasm.tfjs.registerTensor(id, variable.size, memoryOffset);
}

/** Clones share the memory of their original, on cpu so does the array that a tensor was made of: the first update moves to memory of its own. */
function isOwner(variable: tf.Variable): boolean {
  return (
    owned.get(variable) === variable.dataId &&
    tf.backend().refCount(variable.dataId) === 1 &&
    viewValues(variable) !== undefined
  );
}

/** The memory of a float tensor, or `undefined` if the backend does not show it. A view of wasm memory is valid until the next allocation. */
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

/**
 * The values of a float tensor, to be read at once: where they are visible, the memory itself, which is used again once the tensor is disposed. (What
 * `dataSync` returns may be kept, so that the native backend has to make new memory in its place.)
 */
export function readValues(tensor: tf.Tensor): Float32Array {
  return viewValues(tensor) ?? (tensor.dataSync() as Float32Array);
}

/** Zeros that are kept for long, as weights and moments are: on native, a large array lies where rows far apart are found sooner. */
export function zeros(length: number): Float32Array {
  return (tf.getBackend() === 'native' ? loadNativeKernels()?.zeros(length) : undefined) ?? new Float32Array(length);
}

/** Memory for a tensor that is written in full, with anything in it: on native, what earlier tensors have left. It ends in `tensorIn`. */
export function allocate(length: number): Float32Array {
  return tf.getBackend() === 'native'
    ? (tf.backend() as unknown as NativeBackend).arrays.allocate(length)
    : new Float32Array(length);
}

/** Memory of `roomOf` that is lent until `giveBack`, rather than a tensor's. */
export function borrow(length: number): Float32Array {
  const room = allocate(length);
  borrowed.add(room.buffer);
  return room;
}

/** The values of a tensor as memory that is lent. With `last` the tensor is used up where nothing else reads its memory, so that nothing need be copied. */
export function borrowFrom(tensor: tf.Tensor, last: boolean): Float32Array {
  const taken =
    last && tf.getBackend() === 'native' ? (tf.backend() as unknown as NativeBackend).takeOver(tensor) : undefined;
  if (taken) {
    borrowed.add(taken.buffer);
    return taken;
  }
  const values = borrow(tensor.size);
  values.set(readValues(tensor));
  return values;
}

const borrowed = new WeakSet<ArrayBufferLike>();

/** Gives memory back that was lent; a view of it will do. Other memory, and what was given back before, is left alone. */
export function release({ buffer }: Float32Array): void {
  if (borrowed.delete(buffer) && tf.getBackend() === 'native')
    (tf.backend() as unknown as NativeBackend).arrays.recycle(new Float32Array(buffer));
}

/** A tensor in memory of `roomOf`, which is the tensor's from then on. */
export function toTensor(room: Float32Array, shape: number[]): tf.Tensor {
  if (tf.getBackend() !== 'native') return tf.tensor(room, shape);
  return tf.engine().makeTensorFromTensorInfo((tf.backend() as unknown as NativeBackend).adopt(room, shape, 'float32'));
}
