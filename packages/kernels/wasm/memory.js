import { Heap } from './heap.js';

const PAGE = 2 ** 16;

/** Bytes for the kernels' constants and the stack of the caller; the build checks nothing, `startRuntime` does. */
export const STATIC_BYTES = 2 ** 21;

/** The last page stays unused: the address after the end of an array never is 2^32, which would be 0. */
const HIGHEST = 2 ** 32 - PAGE;

const formatNumber = (value) => value.toLocaleString('en-US');

/**
 * Creates memory whose arrays are never detached: shared memory grows without that; memory that is not shared is
 * reserved at once, as much as the system gives.
 *
 * @param start first address of arrays
 * @param limit most bytes of arrays
 */
export function createWebAssemblyMemory(shared, start, limit) {
  const end = Math.min(start + limit, HIGHEST);
  const maximum = Math.ceil(end / PAGE) + 1;
  if (shared) return new WebAssembly.Memory({ initial: Math.min(maximum, start / PAGE + 256), maximum, shared });
  for (let pages = maximum; ; pages = Math.ceil(pages / 2))
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages });
    } catch (error) {
      if (pages * PAGE <= 2 ** 28) throw error;
    }
}

/** Arrays in the memory of the kernels, which they read without a copy. */
export class KernelMemory {
  #memory;
  #heap;
  #buffer;
  #buffers = new WeakSet();
  #addresses = new WeakMap(); // array of allocate… → its address
  #start;
  #end; // of arrays, at most

  /**
   * @param memory a WebAssembly.Memory
   * @param start  first address of arrays
   * @param limit  most bytes of arrays
   */
  constructor(memory, shared, start, limit) {
    this.#memory = memory;
    this.#start = start;
    this.#update();
    const end = Math.min(start + limit, HIGHEST);
    const there = Math.min(end, this.#buffer.byteLength - PAGE);
    this.#end = shared ? end : there;
    this.#heap = new Heap(start, there, (bytes) => (shared ? this.#grow(bytes) : 0));
  }

  allocateFloats(length) {
    return this.#create(Float32Array, length);
  }

  allocateInts(length) {
    return this.#create(Int32Array, length);
  }

  allocateBytes(length) {
    return this.#create(Uint8Array, length);
  }

  /** Frees an array of `allocateFloats`, `allocateInts` or `allocateBytes`; others are ignored. */
  release(array) {
    const address = this.#addresses.get(array);
    if (address === undefined) return;
    this.#addresses.delete(array);
    this.#heap.free(address);
  }

  owns(array) {
    return this.holds(array.buffer);
  }

  /** Whether arrays on a buffer lie in this memory. */
  holds(buffer) {
    return buffer === this.#buffer || this.#buffers.has(buffer);
  }

  get usedBytes() {
    return this.#heap.usedBytes;
  }

  get limitBytes() {
    return this.#end - this.#start;
  }

  /** The whole memory as it is now. */
  get buffer() {
    return this.#buffer;
  }

  /** Allocates bytes that no array stands for, and returns their address, a multiple of 64. */
  allocate(bytes) {
    const address = this.#heap.allocate(bytes);
    if (address !== undefined) return address;
    throw new RangeError(
      `memory of the kernels: expected at most the ${formatNumber(this.limitBytes - this.usedBytes)} bytes that are ` +
        `free of ${formatNumber(this.limitBytes)}, received a request for ${formatNumber(bytes)} in one piece. ` +
        'Use smaller tables or batches, or the backend `native`, whose memory is that of the machine.',
    );
  }

  /** Frees what `allocate` returned. */
  free(address) {
    this.#heap.free(address);
  }

  #create(Type, length) {
    if (!Number.isSafeInteger(length) || length < 0)
      throw new RangeError(`memory of the kernels: expected a whole length from 0 on, received ${length}.`);
    const address = this.allocate(length * Type.BYTES_PER_ELEMENT);
    const array = new Type(this.#buffer, address, length);
    this.#addresses.set(array, address);
    return array;
  }

  #update() {
    this.#buffer = this.#memory.buffer;
    this.#buffers.add(this.#buffer);
  }

  /** Grows by a quarter at least, so that growing is rare, else by what is needed. Returns by how many bytes. */
  #grow(bytes) {
    const before = this.#buffer.byteLength - PAGE; // the last page is not used
    const possible = Math.ceil((this.#end - before) / PAGE);
    const needed = Math.ceil(bytes / PAGE);
    if (needed > possible) return 0;
    for (const pages of [Math.min(possible, Math.max(needed, Math.ceil(before / 4 / PAGE))), needed])
      try {
        this.#memory.grow(pages);
        this.#update();
        return Math.min(this.#buffer.byteLength - PAGE, this.#end) - Math.min(before, this.#end);
      } catch {} // the system has less
    return 0;
  }
}
