import { invalid, RecsysError } from '@footlight/core';
import { assertDifferentColumns } from '../readers/assert-different-columns.js';
import type { TimeUnit } from '../readers/convert-to-seconds.js';
import { detectFormat, type TableFormat } from '../readers/detect-format.js';
import { assertLimits, type FileLimits } from '../readers/file-limits.js';
import { type FileContent, getFileName, locateFile } from '../readers/file-location.js';
import { assertSeparator } from '../readers/find-field.js';
import type { SourceIds } from '../readers/number-ids.js';
import { readDelimited } from '../readers/read-delimited.js';
import { readJsonLines } from '../readers/read-json-lines.js';
import { readParquet } from '../readers/read-parquet.js';
import { splitPairs } from '../readers/split-pairs.js';
import { assertEncoding } from '../readers/text-encoding.js';
import { assertWeights, convertTimes, createFileFailure, toInteractions } from '../readers/to-interactions.js';
import type { Dataset } from '../types.js';
import { OWN_DATA } from './own-data.js';
import {
  assertTableFeatures,
  readTableFeatures,
  type TableFeatures,
  type TableItemFeatures,
} from './table-features.js';

/** A column that holds the ids of a user and of an item. */
export interface PairColumn {
  /** Name of the column. */
  readonly column: string;
  /** What stands between the ids: once in every row. Default `:`. */
  readonly separator?: string;
}

export interface TableOptions {
  /** Path of the file. */
  readonly path?: string;
  /**
   * Instead of the path: a `File` or another `Blob`, or what `fetch` returned. Browsers take files in this way only.
   * The name of a `File`, or the address, tells its format.
   */
  readonly file?: FileContent;
  /** Name of the column with the user ids: whole numbers from 0, or texts. */
  readonly user?: string;
  /** Name of the column with the item ids: whole numbers from 0, or texts. */
  readonly item?: string;
  /** Instead of both: the column with two ids in one text, e.g. `42:1210`. */
  readonly pair?: PairColumn;
  /** Name of the column with the ratings. Default: none. */
  readonly rating?: string;
  /** Name of the column with the timestamps. Default: none. */
  readonly timestamp?: string;
  /** Name of the column that says how much an interaction counts in training, from 0. Default: all count the same. */
  readonly weight?: string;
  /**
   * Unit of the timestamps: `seconds` (default), `milliseconds`, `microseconds` or `nanoseconds` since 1970, or ISO
   * dates (`date`; UTC unless they name a zone). Times of Parquet that have a type with a unit need none. A unit that
   * cannot be that of the column is refused.
   */
  readonly times?: TimeUnit;
  /**
   * Format of the file. Default: by its name (`.csv .tsv .jsonl .ndjson .json .parquet`), else `csv`. All but Parquet
   * may be compressed with gzip, or be the only file of a zip archive.
   */
  readonly format?: TableFormat;
  /** Separator of a csv file: one character, or one character twice. Default: a comma. */
  readonly separator?: string;
  /** Names of all columns of a csv or tsv file that has no header. */
  readonly header?: readonly string[];
  /**
   * Whether quotation marks enclose fields of a csv or tsv file, as in RFC 4180. `false`: they are characters like
   * others. Default: `true`, but `false` for tsv and separators of two characters, where a field that begins and ends
   * with a quotation mark is refused, since it may mean either.
   */
  readonly quotes?: boolean;
  /**
   * Encoding of a text file, e.g. `latin1`. Default: `utf-8`, or UTF-16 if the file begins so. Bytes that are no text
   * in it are refused.
   */
  readonly encoding?: string;
  /** Limits for files that are made to take long. Default: see `FileLimits`. */
  readonly limits?: FileLimits;
  /** A file with features of the users. Default: none. */
  readonly userFeatures?: TableFeatures;
  /** A file with features and titles of the items. Default: none. */
  readonly itemFeatures?: TableItemFeatures;
}

/**
 * A file of your own with one interaction per row: CSV, TSV, JSON-lines or Parquet.
 *
 * The options name its columns. Rows keep their order; a pair that occurs twice is kept twice (`dedupe` drops the
 * second). Ids are numbered in ascending order. The protocol has the fingerprint of the data that were read, and
 * neither the name of the file nor its format or columns: equal data give equal protocols.
 *
 * @throws {RecsysError} `invalid-argument` if the options contradict each other; `invalid-data`, from `load`, with
 *   file, line and column of the first value that does not fit
 * @example
 * table({ path: 'ratings.csv', user: 'userId', item: 'movieId', rating: 'rating', timestamp: 'timestamp' })
 * table({ file: await fetch('/ratings.csv'), user: 'userId', item: 'movieId' }) // in a browser
 * table({
 *   path: 'ratings.csv',
 *   user: 'userId',
 *   item: 'movieId',
 *   // Features genres=Comedy, genres=Drama, …
 *   itemFeatures: { path: 'movies.csv', id: 'movieId', title: 'title', features: ['genres'] },
 * })
 */
export function table(options: TableOptions): Dataset {
  const {
    item,
    pair,
    rating,
    timestamp,
    times = 'seconds',
    separator,
    header,
    quotes,
    encoding,
    limits,
    weight,
    userFeatures,
    itemFeatures,
  } = options;
  const user = pair ? pair.column : options.user;
  if (pair && (options.user !== undefined || item !== undefined))
    invalid('table(pair)', 'either pair, or user and item', 'both', 'Leave user and item out.');
  if (pair?.separator === '') invalid('table(pair)', 'a separator', 'none');
  if (user === undefined || (!pair && item === undefined))
    return invalid('table', 'the columns of users and items', 'none', 'Name them in user and item, or in pair.');
  const location = locateFile((option) => `table(${option})`, options);
  const fileName = getFileName(location);
  const format = options.format ?? detectFormat(fileName);
  const delimited = format === 'csv' || format === 'tsv';
  if (header && !delimited)
    invalid('table(header)', 'a csv or tsv file', format, 'Other formats name their columns themselves.');
  if (separator !== undefined && format !== 'csv') invalid('table(separator)', 'a csv file', format);
  if (separator !== undefined) assertSeparator('table(separator)', separator);
  if (quotes !== undefined && !delimited) invalid('table(quotes)', 'a csv or tsv file', format);
  if (encoding !== undefined && format === 'parquet') invalid('table(encoding)', 'a text file', format);
  assertEncoding('table(encoding)', encoding);
  assertLimits('table', limits);
  if (options.times && !timestamp) invalid('table(times)', 'a column of timestamps', 'none', 'Name it in timestamp.');
  if (userFeatures) assertTableFeatures((option) => `table(userFeatures.${option})`, userFeatures);
  if (itemFeatures) assertTableFeatures((option) => `table(itemFeatures.${option})`, itemFeatures);
  const layout = {
    separator: format === 'tsv' ? '\t' : (separator ?? ','),
    ...(header && { header }),
    ...(quotes !== undefined && { quotes }),
  };
  const names = {
    user,
    ...(item !== undefined && { item }),
    ...(rating && { rating }),
    ...(timestamp && { timestamp }),
    ...(weight && { weight }),
  };
  assertDifferentColumns('table', names);
  const source = { location, names, times };
  return {
    name: `table(${fileName})`,
    protocol: OWN_DATA,
    columns: { ratings: rating !== undefined, timestamps: timestamp !== undefined },
    async load(options) {
      const read = format === 'parquet' ? readParquet : format === 'json-lines' ? readJsonLines : readDelimited;
      const fail = createFileFailure(fileName);
      const columns = await read(source, { ...options, encoding, limits }, layout).then((read) =>
        pair ? { ...read, ...splitPairs(read.user, pair.separator ?? ':', pair.column, fail) } : read,
      );
      assertRows(columns.user, fileName);
      assertWeights(columns, weight, fail);
      const interactions = toInteractions(columns, 'ascending', convertTimes(columns, source, fail));
      const { userIds, itemIds } = interactions.catalogue;
      const users = userFeatures && (await readTableFeatures(userFeatures, userIds, { ...options, limits }));
      const items = itemFeatures && (await readTableFeatures(itemFeatures, itemIds, { ...options, limits }));
      const catalogue = {
        ...interactions.catalogue,
        ...(items?.titles && { itemTitles: items.titles }),
        ...(users?.features && { userFeatures: users.features }),
        ...(items?.features && { itemFeatures: items.features }),
      };
      return { ...interactions, catalogue };
    },
  };
}

function assertRows(users: SourceIds, fileName: string): void {
  const { length } = 'codes' in users ? users.codes : users;
  if (length === 0)
    throw new RecsysError('invalid-data', `${fileName}: expected rows, received a table without any. Is it complete?`);
}
