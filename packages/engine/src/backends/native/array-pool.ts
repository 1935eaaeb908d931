const smallest = 1024; // numbers (4 KB): below that, a new array costs less than the search for a free one

/**
 * Pool of float arrays: memory that is new to the process costs more than the work of a kernel on it.
 *
 * Free arrays hold at most twice the numbers that were in use at one time, because a step needs arrays of different
 * lengths at different times. An array that something outside may keep leaves the pool (`disown`).
 */
export class ArrayPool {
  /** Number of large arrays allocated so far, because no free one had their length. */
  made = 0;
  readonly #owned = new WeakSet<ArrayBufferLike>();
  readonly #free = new Map<number, Float32Array[]>(); // by length, the most recently used last
  #usedSize = 0; // in numbers, as the next two
  #peakSize = 0;
  #freeSize = 0;

  /** Returns an array with undefined content. */
  allocate(length: number): Float32Array {
    if (length < smallest) return new Float32Array(length);
    this.#usedSize += length;
    this.#peakSize = Math.max(this.#peakSize, this.#usedSize);
    const found = this.#free.get(length)?.pop();
    if (found) {
      this.#freeSize -= length;
      return found;
    }
    this.made++;
    const array = new Float32Array(length);
    this.#owned.add(array.buffer);
    return array;
  }

  /** Returns an array to the pool. Arrays that are not of this pool are ignored. */
  recycle(array: unknown): void {
    if (!this.owns(array) || array.byteLength < array.buffer.byteLength) return;
    const { length } = array;
    const arrays = this.#free.get(length) ?? [];
    arrays.push(array);
    this.#free.delete(length); // moves the length to the end
    this.#free.set(length, arrays);
    this.#usedSize -= length;
    this.#freeSize += length;
    this.#shrink();
  }

  /** Removes an array from the pool, because something outside may keep reading it. */
  disown(array: unknown): void {
    if (!this.owns(array)) return;
    this.#usedSize -= array.length;
    this.#owned.delete(array.buffer);
  }

  owns(array: unknown): array is Float32Array {
    return ArrayBuffer.isView(array) && array.byteLength >= smallest && this.#owned.has(array.buffer);
  }

  #shrink(): void {
    for (const [length, arrays] of this.#free) {
      while (this.#freeSize > 2 * this.#peakSize && arrays.pop()) this.#freeSize -= length;
      if (arrays.length === 0) this.#free.delete(length);
      if (this.#freeSize <= 2 * this.#peakSize) return;
    }
  }
}
