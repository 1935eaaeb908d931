import { invalid, RecsysError } from '@footlight/core';
import { assertDifferentColumns } from '../readers/assert-different-columns.js';
import type { TimeUnit } from '../readers/convert-to-seconds.js';
import { createCollectors, type InteractionFile } from '../readers/interaction-columns.js';
import { createProgressReporter } from '../readers/progress-reporter.js';
import { createIndexFailure, readFirstTexts, toMemoryInteractions } from '../readers/to-memory-interactions.js';
import type { Dataset, Interactions, LoadOptions } from '../types.js';
import { OWN_DATA } from './own-data.js';

/** A field of a row: its key (of tuples, its position), or a function of the row. */
export type RowField<Row> = (keyof Row & (string | number)) | ((row: Row) => unknown);

/** Rows that are iterated once. */
type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;

/** Which fields of a row are what. */
export interface RowsOptions<Row> {
  /** User ids: whole numbers from 0, or texts. */
  readonly user: RowField<Row>;
  /** Item ids: whole numbers from 0, or texts. */
  readonly item: RowField<Row>;
  /** Ratings. Default: none. */
  readonly rating?: RowField<Row>;
  /** Times: numbers in the unit of `times`, or dates. Default: none. */
  readonly time?: RowField<Row>;
  /** Unit of the times. Default: dates if the time of the first row is a `Date`, else seconds since 1970. */
  readonly times?: TimeUnit;
  /** How much an interaction counts in training, from 0. Default: all count the same. */
  readonly weight?: RowField<Row>;
  /** Titles of the items; the first one of an item counts. Default: none. */
  readonly title?: RowField<Row>;
  /** Name of the data, for results. Default `rows`. */
  readonly name?: string;
}

/**
 * Rows from memory: a dataset of the objects or tuples of an array, a generator, a cursor of a database or any other
 * iterable, also an asynchronous one.
 *
 * The rows are read once, when the dataset is first loaded, and again only after a load that failed. Rows keep their
 * order; a pair that occurs twice is kept twice (`dedupe` drops the second). Ids are numbered in ascending order.
 *
 * @throws {RecsysError} `invalid-argument` if there are times without a field, or one field has two roles;
 *   `invalid-data`, from `load`, with the index (from 0) and the field of the first value that does not fit
 * @example
 * rows([{ who: 'ann', film: 'Alien', stars: 5 }], { user: 'who', item: 'film', rating: 'stars' })
 * rows([['ann', 'Alien', new Date()]], { user: 0, item: 1, time: 2 })
 * rows([{ customer: 7, sku: 'A-1', boughtAt: 1_700_000_000_000 }], {
 *   user: (row) => row.customer,
 *   item: 'sku',
 *   time: 'boughtAt',
 *   times: 'milliseconds',
 *   name: 'purchases',
 * })
 */
export function rows<Row>(source: Rows<Row>, options: RowsOptions<Row>): Dataset {
  const { user, item, rating, time, times, weight, name = 'rows' } = options;
  assertDifferentColumns('rows', { user, item, rating, time, weight }, 'field');
  if (!isIterable(source))
    invalid('rows(source)', 'an array or another iterable', source === null ? 'null' : typeof source, 'Pass its rows.');
  if (times !== undefined && time === undefined)
    invalid('rows(times)', 'a field with the times', 'none', 'Name it in time.');
  let loaded: Promise<Interactions> | undefined;
  let wasRead = false; // by a load that failed
  return {
    name: `in-memory(${name})`,
    protocol: OWN_DATA,
    columns: { ratings: rating !== undefined, timestamps: time !== undefined },
    async load(loadOptions) {
      loaded ??= readRows(assertReadable(source, wasRead), options, loadOptions).catch((error: unknown) => {
        loaded = undefined;
        wasRead = true;
        throw error;
      });
      return loaded;
    },
  };
}

function isIterable(source: unknown): boolean {
  const { [Symbol.iterator]: iterate, [Symbol.asyncIterator]: iterateAsync } = Object(source) as Partial<
    Iterable<unknown> & AsyncIterable<unknown>
  >;
  return typeof source === 'object' && (typeof iterate === 'function' || typeof iterateAsync === 'function');
}

/** Checks that a source can be read again: an iterator, e.g. of a generator, goes on where an earlier load ended. */
function assertReadable<Row>(source: Rows<Row>, wasRead: boolean): Rows<Row> {
  const iterate =
    wasRead && ((source as AsyncIterable<Row>)[Symbol.asyncIterator] ?? (source as Iterable<Row>)[Symbol.iterator]);
  if (iterate && (iterate.call(source) as unknown) === source)
    throw new RecsysError(
      'invalid-data',
      'rows: expected rows that can be read again after a load that failed, received an iterator, which is read ' +
        'once. Pass a new one to rows(), or an array.',
    );
  return source;
}

async function readRows<Row>(
  source: Rows<Row>,
  { user, item, rating, time, weight, title, times }: RowsOptions<Row>,
  { onProgress, signal }: LoadOptions,
): Promise<Interactions> {
  const fields = listFields({ user, item, rating, timestamp: time, weight });
  const names = Object.fromEntries(fields.map(({ role, name }) => [role, name])) as unknown as InteractionFile['names'];
  const report = createProgressReporter(onProgress, { label: 'read rows', unit: 'rows' });
  const titles: unknown[] = [];
  let collected: ReturnType<typeof createCollectors> | undefined;
  let unit: TimeUnit = times ?? 'seconds';
  let index = 0;
  for await (const row of source as AsyncIterable<Row>) {
    assertRow(row, index);
    if (!collected) {
      for (const { field } of fields) assertField(row, field);
      assertField(row, title);
      if (times === undefined && time !== undefined && toReader(time)(row) instanceof Date) unit = 'date';
      collected = createCollectors({ names, times: unit }, 'rows', 'index');
    }
    for (const [at, { read }] of fields.entries()) collected.columns[at]!.add(read(row), index);
    if (title !== undefined) titles.push(toReader(title)(row));
    index++;
    if (index % 65_536 === 0) signal?.throwIfAborted();
    report(index);
  }
  report(index, true);
  if (!collected)
    throw new RecsysError('invalid-data', 'rows: expected rows, received none. Is the source or the query empty?');
  const interactions = toMemoryInteractions(collected.take(), { names, times: unit }, 'rows');
  return title === undefined ? interactions : addTitles(interactions, titles, nameField(title, 'title'));
}

/** A field with its role, its name for messages, and what reads it. */
interface Field<Row> {
  readonly role: string;
  readonly name: string;
  readonly field: RowField<Row>;
  readonly read: (row: Row) => unknown;
}

function listFields<Row>(fields: Readonly<Record<string, RowField<Row> | undefined>>): Field<Row>[] {
  return Object.entries(fields).flatMap(([role, field]) =>
    field === undefined ? [] : [{ role, field, name: nameField(field, role), read: toReader(field) }],
  );
}

/** The key of a field; of a function, the role of its values. */
function nameField<Row>(field: RowField<Row>, role: string): string {
  return typeof field === 'function' ? (role === 'timestamp' ? 'time' : role) : String(field);
}

function toReader<Row>(field: RowField<Row>): (row: Row) => unknown {
  return typeof field === 'function' ? field : (row) => row[field];
}

function assertRow(row: unknown, index: number): void {
  if (typeof row === 'object' && row !== null) return;
  throw new RecsysError(
    'invalid-data',
    `rows (index ${index}): expected an object or a tuple, received ${String(row)}. Remove it.`,
  );
}

/** The first row has all fields; that of a later one may be missing only where that is an error anyway. */
function assertField<Row>(row: Row, field: RowField<Row> | undefined): void {
  if (field === undefined || typeof field === 'function' || field in (row as object)) return;
  const known = Object.keys(row as object).join(', ');
  throw new RecsysError(
    'invalid-data',
    `rows (index 0): expected a field ${JSON.stringify(field)}, received the fields ${known}. Name one of these.`,
  );
}

function addTitles(interactions: Interactions, titles: readonly unknown[], column: string): Interactions {
  const { catalogue, items } = interactions;
  const fail = createIndexFailure('rows');
  const itemTitles = readFirstTexts(titles, items, catalogue.itemCount, (row, received) =>
    fail(row, column, 'a text', received, 'Correct the row or remove it.'),
  );
  return { ...interactions, catalogue: { ...catalogue, itemTitles } };
}
