import { RecsysError } from '@footlight/core';
import { type ArraySource, useJavaScriptMemory } from './array-source.js';

const smallest = 1024; // numbers (4 KB): below that, a new array costs less than the search for a free one

type Values = Float32Array | Int32Array | Uint8Array;

/**
 * Pool of float arrays: memory that is new to the process costs more than the work of a kernel on it.
 *
 * Free arrays hold at most twice the numbers that were in use at one time, because a step needs arrays of different
 * lengths at different times. Something outside may keep only what `takeOut` returns.
 */
export class ArrayPool {
  /** Number of large arrays allocated so far, because no free one had their length. */
  made = 0;
  readonly #source: ArraySource;
  readonly #lasting = new WeakSet<Float32Array>();
  readonly #free = new Map<number, Float32Array[]>(); // by length, the most recently used last
  #usedSize = 0; // in numbers, as the next two
  #peakSize = 0;
  #freeSize = 0;

  constructor(source: ArraySource = useJavaScriptMemory()) {
    this.#source = source;
  }

  /** Returns an array with undefined content. @throws {RecsysError} `out-of-memory` if it does not fit */
  allocate(length: number): Float32Array {
    if (length < smallest) return new Float32Array(length);
    const found = this.#free.get(length)?.pop();
    if (found) this.#freeSize -= length;
    const array = found ?? this.#create(() => this.#source.create(length));
    if (!found) this.made++;
    this.#usedSize += length;
    this.#peakSize = Math.max(this.#peakSize, this.#usedSize);
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
    if (!this.owns(array) || !this.#source.isWhole(array)) return;
    if (this.#lasting.has(array)) {
      this.#source.release(array);
      return;
    }
    const { length } = array;
    const arrays = this.#free.get(length) ?? [];
    arrays.push(array);
    this.#free.delete(length); // moves the length to the end
    this.#free.set(length, arrays);
    this.#usedSize -= length;
    this.#freeSize += length;
    this.#shrink(2 * this.#peakSize);
  }

  /** Returns an array with the values of one from outside, for a tensor. */
  takeIn(values: Values): Values {
    if (!this.#source.isForeign) return this.takeOut(values);
    if (!(values instanceof Float32Array)) return values;
    if (values.length < smallest) return this.owns(values) ? values.slice() : values;
    const own = this.allocate(values.length);
    own.set(values);
    return own;
  }

  /** Returns an array with the values of one that may be of this pool, for something outside that may keep it. */
  takeOut<T>(values: T): T {
    if (!this.owns(values)) return values;
    if (this.#source.isForeign) return values.slice() as T;
    this.#usedSize -= values.length;
    this.#source.disown(values);
    return values;
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
