import type { KernelMemory } from '@footlight/kernels/wasm';

/** Where an `ArrayPool` gets its memory from. */
export interface ArraySource {
  /** Whether the memory belongs to the kernels, so that arrays must be copied where something outside may keep them. */
  readonly isForeign: boolean;
  /** Creates an array with undefined content. @throws {RangeError} if it does not fit */
  create(length: number): Float32Array;
  createInts(length: number): Int32Array;
  /** Frees an array that `create` made. */
  release(array: Float32Array): void;
  /** Whether an array lies in memory that `create` made. It may be a part of an array. */
  owns(array: unknown): array is Float32Array;
  /** Leaves the memory of an array to the garbage collector. */
  disown(array: Float32Array): void;
}

/** Creates arrays in memory of JavaScript, which the addon reads. */
export function useJavaScriptMemory(): ArraySource {
  const buffers = new WeakSet<ArrayBufferLike>();
  const owns = (array: unknown): array is Float32Array => ArrayBuffer.isView(array) && buffers.has(array.buffer);
  return {
    isForeign: false,
    create(length) {
      const array = new Float32Array(length);
      buffers.add(array.buffer);
      return array;
    },
    createInts: (length) => new Int32Array(length),
    release() {},
    owns,
    disown: (array) => void buffers.delete(array.buffer),
  };
}

/**
 * Creates arrays in the memory of WebAssembly, which JavaScript does not free. An array that is not released is freed
 * when the garbage collector finds that nothing refers to it, so parts of an array must not outlive it.
 */
export function useKernelMemory(memory: KernelMemory): ArraySource {
  type Numbers = Float32Array | Int32Array;
  const buffers = new WeakSet<ArrayBufferLike>();
  const allocations = new WeakMap<Numbers, Numbers>(); // an array → the array of `memory` that lies under it
  const collected = new FinalizationRegistry<Numbers>((allocation) => memory.release(allocation));
  function track<T extends Numbers>(allocation: T): T {
    const array = allocation.subarray() as T;
    buffers.add(array.buffer);
    allocations.set(array, allocation);
    collected.register(array, allocation, array);
    return array;
  }
  return {
    isForeign: true,
    create: (length) => track(memory.allocateFloats(length)),
    createInts: (length) => track(memory.allocateInts(length)),
    release(array) {
      const allocation = allocations.get(array);
      if (!allocation) return;
      collected.unregister(array);
      allocations.delete(array);
      memory.release(allocation);
    },
    owns: (array): array is Float32Array => ArrayBuffer.isView(array) && buffers.has(array.buffer),
    disown() {},
  };
}
