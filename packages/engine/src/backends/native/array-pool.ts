const smallest = 1024; // numbers, 4 KB: below that a new array costs less than looking for an old one

/**
 * Float arrays that are used again: memory that is new to the process costs more than what a kernel does with it.
 *
 * Free arrays hold at most twice what was in use at one time: arrays of different lengths are needed at different times of a step. An array that was shown to others is theirs from then on.
 */
export class ArrayPool {
  /** Large arrays that were made so far, because no free one had their length. */
  made = 0;
  readonly #ours = new WeakSet<ArrayBufferLike>();
  readonly #free = new Map<number, Float32Array[]>(); // by length, the one used last at the end
  #used = 0; // numbers, as are the next two
  #mostUsed = 0;
  #waiting = 0;

  /** An array with anything in it. */
  allocate(length: number): Float32Array {
    if (length < smallest) return new Float32Array(length);
    this.#used += length;
    this.#mostUsed = Math.max(this.#mostUsed, this.#used);
    const found = this.#free.get(length)?.pop();
    if (found) {
      this.#waiting -= length;
      return found;
    }
    this.made++;
    const array = new Float32Array(length);
    this.#ours.add(array.buffer);
    return array;
  }

  /** Takes an array back that nobody reads any more. Those of others are ignored. */
  recycle(array: unknown): void {
    if (!this.owns(array) || array.byteLength < array.buffer.byteLength) return;
    const { length } = array;
    const arrays = this.#free.get(length) ?? [];
    arrays.push(array);
    this.#free.delete(length); // and to the end
    this.#free.set(length, arrays);
    this.#used -= length;
    this.#waiting += length;
    this.#shrink();
  }

  /** Somebody else has seen this memory and may read it for ever. */
  disown(array: unknown): void {
    if (!this.owns(array)) return;
    this.#used -= array.length;
    this.#ours.delete(array.buffer);
  }

  owns(array: unknown): array is Float32Array {
    return ArrayBuffer.isView(array) && array.byteLength >= smallest && this.#ours.has(array.buffer);
  }

  #shrink(): void {
    for (const [length, arrays] of this.#free) {
      while (this.#waiting > 2 * this.#mostUsed && arrays.pop()) this.#waiting -= length;
      if (arrays.length === 0) this.#free.delete(length);
      if (this.#waiting <= 2 * this.#mostUsed) return;
    }
  }
}
