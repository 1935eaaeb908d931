import { invalid, RecsysError } from '@footlight/core';
import { createIdCollector } from '../readers/column-collectors.js';
import { assertLimits, type FileLimits } from '../readers/file-limits.js';
import { type FileContent, type FileLocation, getFileName, locateFile } from '../readers/file-location.js';
import { openTableFile } from '../readers/open-table-file.js';
import { parseWholeNumber } from '../readers/parse-whole-number.js';
import { readTextLines } from '../readers/read-json-lines.js';
import { assertEncoding } from '../readers/text-encoding.js';
import { toInteractions } from '../readers/to-interactions.js';
import type { Dataset, Interactions, LoadOptions } from '../types.js';
import { OWN_DATA } from './own-data.js';

export interface InteractionListsOptions {
  /** Path of the file; it may be compressed with gzip, or be the only file of a zip archive. */
  readonly path?: string;
  /**
   * Instead of the path: a `File` or another `Blob`, or what `fetch` returned. Browsers take files in this way only.
   */
  readonly file?: FileContent;
  /**
   * What the order of the items in a line means. `none`: nothing (LightGCN). `time`: oldest first (S3-Rec); the
   * timestamp of an interaction is then its position in the line, from 0. Default `none`.
   */
  readonly order?: 'none' | 'time';
  /** What stands between ids; blanks around them are ignored. Default: blanks or tabs, one or several. */
  readonly separator?: string;
  /** Encoding of the file, e.g. `latin1`. Default: `utf-8`, or UTF-16 if the file begins so. */
  readonly encoding?: string;
  /** Limits for files that are made to take long. Default: see `FileLimits`. */
  readonly limits?: FileLimits;
}

/**
 * Interaction lists: a file with one line per user, the user id and then the ids of the items, as LightGCN and S3-Rec
 * publish their data.
 *
 * An item that occurs twice in a line is kept twice (`dedupe` drops the second). Empty lines are skipped, and so are
 * users without items. A user in two lines is an error. Ids are numbered in ascending order.
 *
 * @throws {RecsysError} `invalid-argument` if an option is no value of its kind; `invalid-data`, from `load`, with the
 *   line of the first id that does not fit, or of a user who has a line already
 * @example
 * interactionLists({ path: 'Toys_and_Games.txt', order: 'time' })
 * trainAndTest(interactionLists({ path: 'train.txt' }), interactionLists({ path: 'test.txt' }))
 */
export function interactionLists(options: InteractionListsOptions): Dataset {
  const { order = 'none', separator, encoding, limits } = options;
  const location = locateFile((option) => `interactionLists(${option})`, options);
  if (order !== 'none' && order !== 'time') invalid('interactionLists(order)', "'none' or 'time'", order);
  if (separator === '') invalid('interactionLists(separator)', 'at least one character', 'none');
  assertEncoding('interactionLists(encoding)', encoding);
  assertLimits('interactionLists', limits);
  return {
    name: `interaction-lists(${getFileName(location)})`,
    protocol: OWN_DATA,
    columns: { ratings: false, timestamps: order === 'time' },
    load: (loadOptions) => readLists(location, options, loadOptions),
  };
}

/** Reads the lines of a file: positions are the timestamps, with `order: 'time'`. */
export async function readLists(
  location: FileLocation,
  { order = 'none', separator, encoding, limits }: InteractionListsOptions,
  options: LoadOptions,
): Promise<Interactions> {
  const file = await openTableFile(location, { ...options, encoding, limits });
  const [users, items] = ['user', 'item'].map((role) => createIdCollector(file.name, role, 'line'));
  const lineByUser = new Map<string, number>();
  const positions: number[] = [];
  let line = 0;
  for await (const text of readTextLines(file)) {
    line++;
    if (text.trim() === '') continue;
    if (text.trim().includes('\r')) failReturn(file.name, line);
    const [user, ...list] = splitLine(text, separator) as [string, ...string[]];
    if (separator === undefined) assertPlain(file.name, line, [user, ...list]);
    const earlier = lineByUser.get(user);
    if (earlier !== undefined) failTwice(file.name, line, user, earlier);
    lineByUser.set(user, line);
    for (let at = 0; at < list.length; at++) {
      users!.add(user, line);
      items!.add(list[at], line);
      positions.push(at);
    }
  }
  if (positions.length === 0)
    throw new RecsysError(
      'invalid-data',
      `${file.name}: expected lines with a user id and item ids, received none. Is it complete?`,
    );
  assertNoHeader(file.name, [...lineByUser]);
  const interactions = toInteractions({ user: users!.take(), item: items!.take() }, 'ascending');
  return order === 'time'
    ? { ...interactions, timestamps: Float64Array.from(positions), positions: true }
    : interactions;
}

/** The ids of a line: '' for a missing one, e.g. before a named separator that begins the line. */
function splitLine(line: string, separator: string | undefined): string[] {
  if (separator === undefined) return line.trim().split(/[ \t]+/);
  return line
    .trimEnd()
    .split(separator)
    .map((id) => id.trim());
}

/** Checks ids between blanks: a comma, a colon or a bracket means another layout, unless the separator is named. */
function assertPlain(fileName: string, line: number, ids: readonly string[]): void {
  const odd = ids.find((id) => /[,;|]|:$|^["'[({]/.test(id));
  if (odd === undefined) return;
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${line}): expected ids with blanks between them, received "${odd}". ` +
      "If another character separates ids, set separator: ','; if it belongs to the ids, set separator: ' '.",
  );
}

/** Checks that the first user is not the word of a header above whole numbers. */
function assertNoHeader(fileName: string, [first, ...others]: readonly [user: string, line: number][]): void {
  if (!first || others.length === 0 || parseWholeNumber(first[0]) !== undefined) return;
  if (!others.every(([user]) => parseWholeNumber(user) !== undefined)) return;
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${first[1]}): expected a whole number as user id, as in the other lines, ` +
      `received "${first[0]}". Remove the header.`,
  );
}

function failReturn(fileName: string, line: number): never {
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${line}): expected line ends \\n or \\r\\n, received a carriage return (\\r) without \\n. ` +
      'Write all line ends alike.',
  );
}

function failTwice(fileName: string, line: number, user: string, earlier: number): never {
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${line}): expected one line per user, received ${user}, who has line ${earlier} already. ` +
      'Join the two lines.',
  );
}
