const aligned = (bytes) => Math.ceil(bytes / 64) * 64;
const smallest = 1 << 20;
const largest = 1 << 26; // arrays beyond it are placed in memory that is released after the call

/** Memory for copies of arrays during a call, which is kept from call to call. */
export class Scratch {
  #heap;
  #start = 0;
  #size = 0;
  #used = 0;
  #needed = 0;
  #extras = [];

  constructor(heap) {
    this.#heap = heap;
  }

  /** Returns the address of so many bytes, or 0 if there is no memory for them. */
  take(bytes) {
    const size = aligned(bytes);
    this.#needed += size;
    if (this.#used + size > this.#size) {
      const address = this.#heap.allocate(size);
      if (address !== 0) this.#extras.push(address);
      return address;
    }
    const address = this.#start + this.#used;
    this.#used += size;
    return address;
  }

  /** Releases what the last call took. */
  clear() {
    if (this.#needed === 0) return;
    const needed = this.#needed;
    this.#used = 0;
    this.#needed = 0;
    if (this.#extras.length === 0) return;
    for (const address of this.#extras) this.#heap.free(address);
    this.#extras.length = 0;
    if (needed <= this.#size || needed > largest) return;
    if (this.#start !== 0) this.#heap.free(this.#start);
    this.#size = Math.min(largest, Math.max(smallest, 2 * needed));
    this.#start = this.#heap.allocate(this.#size);
    if (this.#start === 0) this.#size = 0;
  }
}
