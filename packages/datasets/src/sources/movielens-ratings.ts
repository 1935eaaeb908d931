import { invalid } from '@footlight/core';
import type { FileLocation } from '../readers/file-location.js';
import { readColumns } from '../readers/read-columns.js';
import { openZipEntry } from '../readers/zip-archive.js';
import type { LoadOptions } from '../types.js';
import { type MovieLensLayout, RATING_COLUMNS } from './movielens-layouts.js';

/** Columns of ratings with original ids, `[interaction]`. */
export interface MovieLensRatings {
  readonly user: Int32Array | Float64Array;
  readonly item: Int32Array | Float64Array;
  readonly rating: Float32Array;
  readonly timestamp: Float64Array;
}

/**
 * Reads the ratings of some files of the archive, one after the other; `parts` is the position of the file of each row.
 */
export async function readRatings(
  location: FileLocation,
  fileNames: readonly string[],
  layout: MovieLensLayout,
  options: LoadOptions,
): Promise<MovieLensRatings & { readonly parts: Uint8Array }> {
  return concatenate(await Promise.all(fileNames.map((name) => readRatingsFile(location, name, layout, options))));
}

/**
 * Selects the rows of the users 1 … `count`, in their order.
 *
 * @throws {RecsysError} `invalid-argument` if no user has the id `count` or a larger one
 */
export function keepFirstUsers(
  { user, item, rating, timestamp, parts }: MovieLensRatings & { readonly parts: Uint8Array },
  count: number,
): MovieLensRatings & { readonly parts: Uint8Array } {
  let largest = 0;
  for (let row = 0; row < user.length; row++) largest = Math.max(largest, user[row]!);
  if (largest < count)
    invalid(
      'movielens(users)',
      `at most ${largest}, the largest user id of the archive`,
      count,
      'Ask for fewer users.',
    );
  const isKept = (_: number, row: number): boolean => user[row]! <= count;
  return {
    user: user.filter(isKept),
    item: item.filter(isKept),
    rating: rating.filter(isKept),
    timestamp: timestamp.filter(isKept),
    parts: parts.filter(isKept),
  };
}

async function readRatingsFile(
  location: FileLocation,
  fileName: string,
  { separator, header }: MovieLensLayout,
  options: LoadOptions,
): Promise<MovieLensRatings> {
  const [user, item, rating, timestamp] = RATING_COLUMNS as [string, string, string, string];
  return readColumns(await openZipEntry(location, fileName, options), {
    separator,
    ...(header && { header }),
    columns: {
      user: { column: user, kind: 'id' },
      item: { column: item, kind: 'id' },
      rating: { column: rating, kind: 'float32' },
      timestamp: { column: timestamp, kind: 'float64' },
    },
  });
}

function concatenate(files: readonly MovieLensRatings[]): MovieLensRatings & { readonly parts: Uint8Array } {
  const count = files.reduce((sum, { rating }) => sum + rating.length, 0);
  const parts = new Uint8Array(files.length > 1 ? count : 0);
  if (files.length === 1) return { ...files[0]!, parts };
  const all = {
    user: new Float64Array(count),
    item: new Float64Array(count),
    rating: new Float32Array(count),
    timestamp: new Float64Array(count),
  };
  let at = 0;
  files.forEach((file, part) => {
    for (const column of ['user', 'item', 'rating', 'timestamp'] as const) all[column].set(file[column], at);
    parts.fill(part, at, at + file.rating.length);
    at += file.rating.length;
  });
  return { ...all, user: Int32Array.from(all.user), item: Int32Array.from(all.item), parts };
}
