/** A dictionary of texts: a code for each different text, from 0 in order of first appearance. */
export interface TextCodes {
  /** The code of the text in `bytes[from … to − 1]`. */
  code(bytes: Uint8Array, from: number, to: number): number;
  /** The texts by code. */
  texts(): string[];
}

/** An empty dictionary: a hash table over the bytes of texts (UTF-8), so that no string is created per row. */
export function createTextCodes(): TextCodes {
  let slots = new Int32Array(1 << 12); // code + 1, 0 = free
  let hashes = new Int32Array(1 << 11); // [code]
  let ends = new Float64Array(1 << 11); // [code], end of each text in `store`
  let store = new Uint8Array(1 << 15);
  let count = 0;

  const findStart = (code: number): number => (code === 0 ? 0 : ends[code - 1]!);

  const equals = (code: number, bytes: Uint8Array, from: number, to: number): boolean => {
    const start = findStart(code);
    if (ends[code]! - start !== to - from) return false;
    for (let at = from, stored = start; at < to; at++, stored++) if (bytes[at] !== store[stored]) return false;
    return true;
  };

  const add = (hash: number, bytes: Uint8Array, from: number, to: number): number => {
    const start = findStart(count);
    if (count === ends.length) {
      ends = copyTo(ends, new Float64Array(2 * count));
      hashes = copyTo(hashes, new Int32Array(2 * count));
    }
    while (start + to - from > store.length) store = copyTo(store, new Uint8Array(2 * store.length));
    store.set(bytes.subarray(from, to), start);
    hashes[count] = hash;
    ends[count] = start + to - from;
    count++;
    if (2 * count > slots.length) slots = rehash(hashes, count, 2 * slots.length);
    else slots[findFreeSlot(slots, hash)] = count;
    return count - 1;
  };

  return {
    code(bytes, from, to) {
      const hash = hashBytes(bytes, from, to);
      for (let slot = hash & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
        const code = slots[slot]! - 1;
        if (code < 0) return add(hash, bytes, from, to);
        if (hashes[code] === hash && equals(code, bytes, from, to)) return code;
      }
    },
    texts() {
      const decoder = new TextDecoder();
      return Array.from({ length: count }, (_, code) => decoder.decode(store.subarray(findStart(code), ends[code])));
    },
  };
}

/** FNV-1a. The high bits are folded into the low ones, which choose the slot. */
function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

function findFreeSlot(slots: Int32Array, hash: number): number {
  let slot = hash & (slots.length - 1);
  while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
  return slot;
}

function rehash(hashes: Int32Array, count: number, length: number): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(length); // a power of two
  for (let code = 0; code < count; code++) slots[findFreeSlot(slots, hashes[code]!)] = code + 1;
  return slots;
}

function copyTo<T extends Int32Array | Float64Array | Uint8Array>(values: T, larger: T): T {
  larger.set(values);
  return larger;
}
