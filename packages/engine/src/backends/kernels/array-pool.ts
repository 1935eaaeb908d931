import { RecsysError } from '@footlight/core';
import { type ArraySource, useJavaScriptMemory } from './array-source.js';

const smallest = 1024; // numbers (4 KB): below that, a new array costs less than the search for a free one
const largest = 2 ** 24; // numbers (64 MB): above that, memory is not rounded up
const excess = 8; // largest ratio of memory to the size that is needed

type Values = Float32Array | Int32Array | Uint8Array;

/**
 * Pool of float arrays: memory that is new to the process costs more than the work of a kernel on it.
 *
 * Lengths that differ from batch to batch are served from the same memory: it is allocated in eight sizes per power of
 * two, and an array is the beginning of free memory of its size, else of a larger one. Free memory holds at most twice
 * the numbers that were in use at one time, because a step needs arrays of different lengths at different times.
 * Something outside may keep only what `takeOut` returns.
 */
export class ArrayPool {
  /** Number of large arrays allocated so far, because no free memory had their size. */
  made = 0;
  readonly #source: ArraySource;
  readonly #lasting = new WeakSet<Float32Array>();
  readonly #free = new Map<number, Float32Array[]>(); // whole memory by its size, the most recently used last
  readonly #wholes = new WeakMap<Float32Array, Float32Array>(); // an array in use → the memory whose beginning it is
  #usedSize = 0; // in numbers, as the next two
  #peakSize = 0;
  #freeSize = 0;

  constructor(source: ArraySource = useJavaScriptMemory()) {
    this.#source = source;
  }

  /** Returns an array with undefined content. @throws {RecsysError} `out-of-memory` if it does not fit */
  allocate(length: number): Float32Array {
    if (length < smallest) return new Float32Array(length);
    const size = roundUp(length);
    const found = this.#takeFree(size);
    const whole = found ?? this.#create(() => this.#source.create(size));
    if (!found) this.made++;
    this.#usedSize += whole.length;
    this.#peakSize = Math.max(this.#peakSize, this.#usedSize);
    const array = length === whole.length ? whole : whole.subarray(0, length);
    this.#wholes.set(array, whole);
    return array;
  }

  /** Returns zeros for values that live long. They never return to the pool. */
  allocateZeros(length: number): Float32Array {
    if (length < smallest) return new Float32Array(length);
    const array = this.#create(() => this.#source.create(length)).fill(0);
    this.#lasting.add(array);
    return array;
  }

  /** Returns integers with undefined content for scratch memory that lives long. */
  allocateInts(length: number): Int32Array {
    return length < smallest ? new Int32Array(length) : this.#create(() => this.#source.createInts(length));
  }

  /** Returns an array to the pool. Arrays that are not of this pool are ignored. */
  recycle(array: unknown): void {
    if (!this.owns(array)) return;
    if (this.#lasting.has(array)) {
      this.#source.release(array);
      return;
    }
    const whole = this.#wholes.get(array);
    if (!whole) return; // a part of an array
    this.#wholes.delete(array);
    const { length } = whole;
    const arrays = this.#free.get(length) ?? [];
    arrays.push(whole);
    this.#free.delete(length); // moves the length to the end
    this.#free.set(length, arrays);
    this.#usedSize -= length;
    this.#freeSize += length;
    this.#shrink(2 * this.#peakSize);
  }

  /** Returns an array with the values of one from outside, for a tensor. */
  takeIn(values: Values): Values {
    if (!this.#source.isForeign) return this.owns(values) ? this.#disown(values) : values;
    if (!(values instanceof Float32Array)) return values;
    if (values.length < smallest) return this.owns(values) ? values.slice() : values;
    const own = this.allocate(values.length);
    own.set(values);
    return own;
  }

  /** Returns an array with the values of one that may be of this pool, for something outside that may keep it. */
  takeOut<T>(values: T): T {
    if (!this.owns(values)) return values;
    const isExact = values.byteLength === values.buffer.byteLength; // something outside may read the buffer
    return this.#source.isForeign || !isExact ? (values.slice() as T) : this.#disown(values);
  }

  /** Moves values that live long to the memory of this pool, if JavaScript does not free that. */
  moveIn(values: Float32Array): Float32Array {
    const isThere: boolean = this.owns(values);
    if (!this.#source.isForeign || values.length < smallest || isThere) return values;
    const own = this.allocateZeros(values.length);
    own.set(values);
    return own;
  }

  /** Moves values out of the memory of this pool, and frees it, if JavaScript does not. */
  moveOut(values: Float32Array): Float32Array {
    if (!this.#source.isForeign || !this.owns(values)) return values;
    const copy = values.slice();
    this.recycle(values);
    return copy;
  }

  /** Whether an array, or a part of it, lies in memory of this pool. */
  owns(array: unknown): array is Float32Array {
    return this.#source.owns(array);
  }

  /** Leaves the memory of an array, or of a part of one, to the garbage collector. */
  #disown<T extends Float32Array>(array: T): T {
    this.#usedSize -= (this.#wholes.get(array) ?? array).length;
    this.#source.disown(array);
    return array;
  }

  /** Takes free memory of a size, else of a larger one. */
  #takeFree(size: number): Float32Array | undefined {
    // Above the largest size, every length is a size of its own: there are too many to look for.
    const end = size > largest ? size : Math.min(excess * size, largest);
    for (let fit = size; fit <= end; fit = roundUp(fit + 1)) {
      const found = this.#free.get(fit)?.pop();
      if (!found) continue;
      this.#freeSize -= fit;
      return found;
    }
    return excess * size > largest ? this.#takeLarge(size) : undefined;
  }

  /** Takes the smallest free memory that is not rounded and large enough: there are few such sizes, far apart. */
  #takeLarge(size: number): Float32Array | undefined {
    let fit = Infinity;
    for (const length of this.#free.keys())
      if (length > largest && length >= size && length <= excess * size && length < fit) fit = length;
    const arrays = this.#free.get(fit);
    const found = arrays?.pop();
    if (!found) return undefined;
    if (arrays!.length === 0) this.#free.delete(fit);
    this.#freeSize -= fit;
    return found;
  }

  #create<T>(create: () => T): T {
    try {
      return create();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#shrink(0);
    }
    try {
      return create();
    } catch (error) {
      throw new RecsysError('out-of-memory', (error as Error).message, { cause: error });
    }
  }

  #shrink(size: number): void {
    for (const [length, arrays] of this.#free) {
      while (this.#freeSize > size && arrays.length > 0) {
        this.#source.release(arrays.pop()!);
        this.#freeSize -= length;
      }
      if (arrays.length === 0) this.#free.delete(length);
      if (this.#freeSize <= size) return;
    }
  }
}

/** Rounds a length up to one of eight sizes per power of two. */
function roundUp(length: number): number {
  if (length > largest) return length;
  const step = 2 ** (28 - Math.clz32(length)); // an eighth of the power of two below
  return Math.ceil(length / step) * step;
}
