import { invalid } from '@footlight/core';
import type { OriginalIds } from '../types.js';

/** Arrays that `toNpy` writes. */
export type NpyArray = OriginalIds | Float32Array | Uint8Array;

const encoder = new TextEncoder();

/**
 * Writes an array in numpy's format `.npy`, which `numpy.load` reads, e.g. original ids.
 *
 * Numbers keep their type; texts become fixed-length Unicode (`<U…`), as long as the longest of them.
 *
 * @throws {RecsysError} `invalid-argument` for a text that ends in a NUL character, which numpy would cut off
 * @example
 * await writeFile('items.npy', toNpy(interactions.catalogue.itemIds)) // numpy.load('items.npy')
 * @source https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html (version 1.0)
 */
export function toNpy(array: NpyArray): Uint8Array<ArrayBuffer> {
  if (!ArrayBuffer.isView(array)) return joinNpy(...encodeTexts(array), `(${array.length},)`);
  const type = array instanceof Uint8Array ? '|u1' : array instanceof Int32Array ? '<i4' : toFloatType(array);
  return joinNpy(type, toLittleEndian(array), `(${array.length},)`);
}

/** A single value without axes: ASCII text as bytes, as scipy names the format of a matrix. */
export function toNpyScalar(text: string): Uint8Array<ArrayBuffer> {
  return joinNpy(`|S${text.length}`, encoder.encode(text), '()');
}

/** Whole numbers as 64-bit integers. */
export function toNpyIntegers(numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new DataView(new ArrayBuffer(8 * numbers.length));
  for (const [at, number] of numbers.entries()) bytes.setBigInt64(8 * at, BigInt(number), true);
  return joinNpy('<i8', new Uint8Array(bytes.buffer), `(${numbers.length},)`);
}

function toFloatType(array: Float32Array | Float64Array): string {
  return array instanceof Float32Array ? '<f4' : '<f8';
}

function toLittleEndian(array: Exclude<NpyArray, readonly string[]>): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  if (new Uint8Array(Int32Array.of(1).buffer)[0] === 1) return bytes;
  const size = array.BYTES_PER_ELEMENT;
  return bytes.map((_, at) => bytes[at - (at % size) + size - 1 - (at % size)]!);
}

/** Texts as UTF-32, padded with NUL to equal length. */
function encodeTexts(texts: readonly string[]): [type: string, bytes: Uint8Array] {
  const points = texts.map((text) => Array.from(text, (character) => character.codePointAt(0)!));
  const length = points.reduce((longest, each) => Math.max(longest, each.length), 1);
  const bytes = new DataView(new ArrayBuffer(4 * length * texts.length));
  for (const [row, text] of points.entries()) {
    if (text.at(-1) === 0)
      invalid('toNpy', 'texts that do not end in NUL', `${JSON.stringify(texts[row])} at ${row}`, 'Rename it.');
    for (const [at, point] of text.entries()) bytes.setUint32(4 * (row * length + at), point, true);
  }
  return [`<U${length}`, new Uint8Array(bytes.buffer)];
}

/** Magic, version, header and data; the data begin at a multiple of 64. */
function joinNpy(type: string, data: Uint8Array, shape: string): Uint8Array<ArrayBuffer> {
  const description = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`;
  const headerLength = Math.ceil((10 + description.length + 1) / 64) * 64 - 10;
  const whole = new Uint8Array(10 + headerLength + data.length);
  whole.set([0x93, ...encoder.encode('NUMPY'), 1, 0, headerLength & 0xff, headerLength >> 8]);
  whole.set(encoder.encode(`${description.padEnd(headerLength - 1)}\n`), 10);
  whole.set(data, 10 + headerLength);
  return whole;
}
