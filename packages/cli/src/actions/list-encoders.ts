import { invalid } from '@footlight/core';
import { formatCsv } from '@footlight/report';
import type { Recommender } from '@footlight/trainer';
import type { EncoderStart, ListEncoder } from './encoder-types.js';
import { createListFormat, isJsonLines } from './format-lists.js';
import { createParquetLists } from './parquet-lists.js';

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
