import { createSha256, type Json, type Sha256 } from '@footlight/core';
import type { OriginalIds } from '../types.js';

/** Columns are hashed in pieces of so many values, so that no column is copied as a whole. */
const PIECE = 1 << 14;
const encoder = new TextEncoder();

/** The first 32 hexadecimal digits of the SHA-256 hash of what is added, in pieces. */
export function* computeHash(add: (hash: Sha256) => Generator<void>): Generator<void, string> {
  const hash = createSha256();
  yield* add(hash);
  return hash.digest().slice(0, 32);
}

/** Adds a value as JSON, with its length, so that no two sequences of values give the same bytes. */
export function addJson(hash: Sha256, value: Json): void {
  const bytes = encoder.encode(JSON.stringify(value));
  hash.update(encoder.encode(`${bytes.length}:`));
  hash.update(bytes);
}

/** Adds original ids as texts, whether they are numbers or texts. */
export function* addIds(hash: Sha256, ids: OriginalIds): Generator<void> {
  addJson(hash, ids.length);
  for (let from = 0; from < ids.length; from += PIECE) {
    addJson(hash, Array.from(ids.slice(from, from + PIECE), String));
    yield;
  }
}

/**
 * Adds a column with its length, in the byte order of the processor: little-endian wherever Node and browsers run.
 */
export function* addNumbers(
  hash: Sha256,
  column: Int32Array | Float32Array | Float64Array | Uint8Array,
): Generator<void> {
  addJson(hash, column.length);
  for (let from = 0; from < column.length; from += PIECE) {
    const piece = column.subarray(from, from + PIECE);
    hash.update(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength));
    yield;
  }
}

type NumberArray =
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/**
 * Adds one number per row with their count, in the byte order of the processor: little-endian wherever Node and
 * browsers run.
 */
export function* addColumn(
  hash: Sha256,
  Type: new (length: number) => NumberArray,
  rows: Int32Array,
  read: (row: number) => number,
): Generator<void> {
  addJson(hash, rows.length);
  const piece = new Type(Math.min(PIECE, rows.length));
  for (let from = 0; from < rows.length; from += PIECE) {
    const count = Math.min(PIECE, rows.length - from);
    for (let at = 0; at < count; at++) piece[at] = read(rows[from + at]!);
    hash.update(new Uint8Array(piece.buffer, 0, count * piece.BYTES_PER_ELEMENT));
    yield;
  }
}
