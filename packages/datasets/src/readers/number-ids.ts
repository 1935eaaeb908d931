import { invalid } from '@footlight/core';
import type { OriginalIds } from '../types.js';

/** Original ids per row: numbers, or codes of texts. */
export type SourceIds = Int32Array | Float64Array | CodedTexts;

/** A column of texts: a code per row, and the text of each code. */
export interface CodedTexts {
  /** `[interaction]` */
  readonly codes: Int32Array;
  /** `[code]`, in order of first appearance. */
  readonly texts: readonly string[];
}

/** The order in which original ids become 0, 1, 2, …: ascending (texts by UTF-16 units), or by first appearance. */
export type IdOrder = 'ascending' | 'appearance';

export interface NumberedIds {
  /** Dense ids, `[interaction]`. */
  readonly ids: Int32Array;
  /** Original ids by dense id, `[id]`. */
  readonly originals: OriginalIds;
}

/**
 * Numbers original ids densely. The argument must not be used afterwards: its memory may be reused for the dense ids.
 */
export function numberIds(source: SourceIds, order: IdOrder): NumberedIds {
  if (source instanceof Int32Array) {
    const largest = findLargestId(source);
    if (largest < 4 * source.length + 2 ** 20) return numberByTable(source, largest, order);
  }
  if (source instanceof Int32Array || source instanceof Float64Array) return numberByHash(source, order);
  return order === 'appearance'
    ? { ids: source.codes, originals: source.texts }
    : sortByOriginal(source.codes, source.texts, compareTexts);
}

/** The dense id of each original id. */
export function mapToDenseIds(originals: OriginalIds): Map<string | number, number> {
  const dense = new Map<string | number, number>();
  for (let id = 0; id < originals.length; id++) dense.set(originals[id]!, id);
  return dense;
}

function findLargestId(ids: Int32Array): number {
  let largest = -1;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (id < 0) invalid('numberIds', 'ids from 0', `${id} in row ${row}`);
    if (id > largest) largest = id;
  }
  return largest;
}

/** For small ids: a table over all numbers up to the largest id, which is the fastest way. */
function numberByTable(ids: Int32Array, largest: number, order: IdOrder): NumberedIds {
  const table = new Int32Array(largest + 1); // dense id + 1, 0 = not seen yet
  const originals = new Int32Array(Math.min(largest + 1, ids.length));
  let count = 0;
  const assign = (id: number): void => {
    originals[count] = id;
    table[id] = ++count;
  };
  if (order === 'appearance') {
    for (let row = 0; row < ids.length; row++) if (table[ids[row]!] === 0) assign(ids[row]!);
  } else {
    for (let row = 0; row < ids.length; row++) table[ids[row]!] = 1;
    for (let id = 0; id <= largest; id++) if (table[id] === 1) assign(id);
  }
  for (let row = 0; row < ids.length; row++) ids[row] = table[ids[row]!]! - 1;
  return { ids, originals: originals.slice(0, count) };
}

/** For large ids: a hash table with open addressing, two to four times as long as the number of different ids. */
function numberByHash(source: Int32Array | Float64Array, order: IdOrder): NumberedIds {
  let keys = new Float64Array(1 << 12);
  let codes = new Int32Array(1 << 12).fill(-1);
  let count = 0;
  const find = (id: number): number => {
    let slot = hashToSlot(id, keys.length);
    while (codes[slot]! >= 0 && keys[slot] !== id) slot = (slot + 1) & (keys.length - 1);
    return slot;
  };
  const grow = (): void => {
    const [oldKeys, oldCodes] = [keys, codes];
    keys = new Float64Array(2 * oldKeys.length);
    codes = new Int32Array(keys.length).fill(-1);
    for (let at = 0; at < oldKeys.length; at++)
      if (oldCodes[at]! >= 0) put(find(oldKeys[at]!), oldKeys[at]!, oldCodes[at]!);
  };
  const put = (slot: number, id: number, code: number): void => {
    keys[slot] = id;
    codes[slot] = code;
  };
  const ids = new Int32Array(source.length);
  for (let row = 0; row < source.length; row++) {
    const id = source[row]!;
    let slot = find(id);
    if (codes[slot]! < 0) {
      if (2 * count >= keys.length) {
        grow();
        slot = find(id);
      }
      put(slot, id, count++);
    }
    ids[row] = codes[slot]!;
  }
  const originals = source instanceof Int32Array ? new Int32Array(count) : new Float64Array(count);
  for (let at = 0; at < keys.length; at++) if (codes[at]! >= 0) originals[codes[at]!] = keys[at]!;
  return order === 'appearance' ? { ids, originals } : sortByOriginal(ids, originals, compareNumbers);
}

/**
 * Mixes the bits of both words (the finalizer of MurmurHash3), so that multiples of a power of two get different slots.
 */
function hashToSlot(id: number, length: number): number {
  let mixed = (id | 0) ^ Math.imul((id / 2 ** 32) | 0, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & (length - 1);
}

function sortByOriginal<T extends number | string>(
  codes: Int32Array,
  originals: ArrayLike<T>,
  compare: (one: T, other: T) => number,
): NumberedIds {
  const order = Int32Array.from({ length: originals.length }, (_, code) => code).sort((one, other) =>
    compare(originals[one]!, originals[other]!),
  );
  const dense = new Int32Array(order.length);
  order.forEach((code, id) => {
    dense[code] = id;
  });
  for (let row = 0; row < codes.length; row++) codes[row] = dense[codes[row]!]!;
  return { ids: codes, originals: reorderIds(originals, order) };
}

function reorderIds<T extends number | string>(originals: ArrayLike<T>, order: Int32Array): OriginalIds {
  if (originals instanceof Int32Array) return Int32Array.from(order, (code) => originals[code]!);
  if (originals instanceof Float64Array) return Float64Array.from(order, (code) => originals[code]!);
  return Array.from(order, (code) => originals[code] as string);
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareNumbers(one: number, other: number): number {
  return one - other;
}
