/** Bytes that the start and the length of each block are multiples of: a cache line. */
export const LINE = 64;

const STEPS = 8; // classes of sizes between a power of two and the next

/** A class of sizes: the larger the class, the larger the blocks in it. Sizes are in lines. */
function findClass(size) {
  if (size < STEPS) return size;
  const power = 31 - Math.clz32(size);
  return (power - 2) * STEPS + ((size >>> (power - 3)) & (STEPS - 1));
}

/** The first class in which every block has at least `size` lines. */
function findClassAbove(size) {
  const power = 31 - Math.clz32(size);
  return findClass(size < STEPS ? size : size + (1 << (power - 3)) - 1);
}

/**
 * Allocates addresses from a range of memory. Blocks are found by classes of their sizes, and freed blocks merge with
 * their free neighbours. All that it knows stands outside of the memory, where kernels cannot damage it.
 */
export class Heap {
  #free = []; // [class]: the first of a list of free blocks
  #classes = new Uint32Array(8); // a bit for each class that has a free block
  #blocks = new Map(); // address of a used block → block
  #last; // the block with the highest address
  #grow;

  /**
   * @param start first address
   * @param end   end of the memory that is there
   * @param grow  enlarges the memory by at least a number of bytes and returns by how many; 0 if it cannot
   */
  constructor(start, end, grow) {
    this.#grow = grow;
    this.usedBytes = 0;
    const first = Math.ceil(start / LINE);
    this.#last = {
      start: first,
      size: Math.floor(end / LINE) - first,
      free: false,
      before: undefined,
      after: undefined,
    };
    this.#insert(this.#last);
  }

  /** Returns an address, a multiple of 64, or `undefined` if there is no room. */
  allocate(bytes) {
    const size = Math.max(1, Math.ceil(bytes / LINE));
    if (size > 2 ** 26) return undefined;
    const block = this.#find(size) ?? this.#findAfterGrowth(size);
    if (block === undefined) return undefined;
    this.#remove(block);
    if (block.size > size) this.#split(block, size);
    this.usedBytes += block.size * LINE;
    const address = block.start * LINE;
    this.#blocks.set(address, block);
    return address;
  }

  /** Frees what `allocate` returned; other addresses are ignored. */
  free(address) {
    const block = this.#blocks.get(address);
    if (block === undefined) return;
    this.#blocks.delete(address);
    this.usedBytes -= block.size * LINE;
    const { before, after } = block;
    if (after?.free) this.#absorb(block, after);
    if (before?.free) {
      this.#remove(before);
      this.#join(before, block);
      this.#insert(before);
    } else this.#insert(block);
  }

  /** The largest free block, in bytes. */
  get largestFree() {
    let most = 0;
    for (let block = this.#free[this.#lastClass()]; block; block = block.next) most = Math.max(most, block.size);
    return most * LINE;
  }

  #lastClass() {
    for (let word = this.#classes.length - 1; word >= 0; word--)
      if (this.#classes[word] !== 0) return word * 32 + 31 - Math.clz32(this.#classes[word]);
    return 0;
  }

  /** The first class from `least` on that has a free block, or -1. */
  #firstClass(least) {
    let word = least >>> 5;
    let bits = this.#classes[word] & (-1 << (least & 31));
    while (bits === 0 && ++word < this.#classes.length) bits = this.#classes[word];
    return bits === 0 || bits === undefined ? -1 : word * 32 + 31 - Math.clz32(bits & -bits);
  }

  #find(size) {
    const found = this.#firstClass(findClassAbove(size));
    if (found >= 0) return this.#free[found];
    let block = this.#free[findClass(size)];
    while (block && block.size < size) block = block.next;
    return block;
  }

  #findAfterGrowth(size) {
    const last = this.#last;
    const added = Math.floor(this.#grow((size - (last.free ? last.size : 0)) * LINE) / LINE);
    if (added === 0) return undefined;
    if (last.free) {
      this.#remove(last);
      last.size += added;
      this.#insert(last);
    } else {
      last.after = { start: last.start + last.size, size: added, free: false, before: last, after: undefined };
      this.#last = last.after;
      this.#insert(last.after);
    }
    return this.#find(size);
  }

  #insert(block) {
    const at = findClass(block.size);
    const next = this.#free[at];
    block.free = true;
    block.previous = undefined;
    block.next = next;
    if (next) next.previous = block;
    this.#free[at] = block;
    this.#classes[at >>> 5] |= 1 << (at & 31);
  }

  #remove(block) {
    const at = findClass(block.size);
    const { previous, next } = block;
    if (next) next.previous = previous;
    if (previous) previous.next = next;
    else {
      this.#free[at] = next;
      if (!next) this.#classes[at >>> 5] &= ~(1 << (at & 31));
    }
    block.free = false;
    block.previous = block.next = undefined;
  }

  /** Leaves `size` lines in the block, and the rest of it free. */
  #split(block, size) {
    const { after } = block;
    const rest = { start: block.start + size, size: block.size - size, free: false, before: block, after };
    if (after) after.before = rest;
    else this.#last = rest;
    block.after = rest;
    block.size = size;
    this.#insert(rest);
  }

  #absorb(block, after) {
    this.#remove(after);
    this.#join(block, after);
  }

  #join(block, after) {
    block.size += after.size;
    block.after = after.after;
    if (after.after) after.after.before = block;
    else this.#last = block;
  }
}
