import { invalid } from '@footlight/core';
import { formatCsv } from '@footlight/report';
import type { Recommender, UserRecommendations } from '@footlight/trainer';
import { createListFormat, isJsonLines } from './format-lists.js';
import { createParquetLists } from './parquet-lists.js';

/** Encodes the lists of all users, a chunk of users at a time. */
export interface ListEncoder {
  /** The next piece of the file. */
  encode(lists: readonly UserRecommendations[]): string | Uint8Array;
  /** What a later process needs to continue after the last piece; absent if it needs nothing. */
  save?(): string;
  /** The end of the file; absent if there is none. */
  finish?(): Uint8Array;
}

/** Where an encoder continues a file. */
export interface EncoderStart {
  /** Bytes that the file has. */
  readonly bytes: number;
  /** What `save` returned after them. */
  readonly saved?: string;
}

/** Whether a file gets a Parquet table, by the ending of its name. */
export const isParquet = (path: string): boolean => /\.parquet$/i.test(path);

/** Checks that the name of a file of lists says how they are encoded. */
export function assertListsFile(path: string): void {
  if (!isJsonLines(path) && !isParquet(path) && !/\.csv$/i.test(path))
    invalid('--output', 'a name that ends in .csv, .jsonl or .parquet', `"${path}"`);
}

/** Creates the encoder of a file of lists: CSV, JSON lines, or Parquet. */
export function createListEncoder(recommender: Recommender, path: string, start: EncoderStart): ListEncoder {
  if (isParquet(path)) return createParquetLists(recommender, start);
  const { titles, format } = createListFormat(recommender, isJsonLines(path));
  const header = titles && start.bytes === 0 ? formatCsv([titles]) : '';
  let first = true;
  return {
    encode(lists) {
      const text = lists.map(format).join('');
      const piece = first ? header + text : text;
      first = false;
      return piece;
    },
  };
}
