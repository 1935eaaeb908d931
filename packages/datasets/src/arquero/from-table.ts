import { invalid, omitUndefined, RecsysError } from '@footlight/core';
import { buildFeatures } from '../features.js';
import { assertDifferentColumns } from '../readers/assert-different-columns.js';
import type { TimeUnit } from '../readers/convert-to-seconds.js';
import { createCollectors } from '../readers/interaction-columns.js';
import { createIndexFailure, readFirstTexts, toMemoryInteractions } from '../readers/to-memory-interactions.js';
import type { Features, Interactions } from '../types.js';

/** What `fromTable` needs of a table: the columns by name. Tables of arquero have it, in every version. */
export interface ColumnarTable {
  columnNames(): readonly string[];
  /** The values of a column, in the order of the table's rows. */
  array(column: string): ArrayLike<unknown>;
}

/** Names of the columns of a table with one interaction per row. */
export interface TableColumns {
  /** User ids: whole numbers from 0, or texts. Default `user`. */
  readonly user?: string;
  /** Item ids: whole numbers from 0, or texts. Default `item`. */
  readonly item?: string;
  /** Ratings. Default: none. */
  readonly rating?: string;
  /** Timestamps: numbers in the unit of `times`, or dates. Default: none. */
  readonly timestamp?: string;
  /** Unit of the timestamps. Default: dates if the first one is a `Date`, else seconds since 1970. */
  readonly times?: TimeUnit;
  /** How much an interaction counts in training, from 0. Default: all count the same. */
  readonly weight?: string;
  /** Item titles; the first one of an item counts. Default: none. */
  readonly title?: string;
  /** A published partition: 0 = train, 1 = test. Default: none. */
  readonly part?: string;
  /** Columns that become features of users: one value, several values separated by `|`, or none. Default: none. */
  readonly userFeatures?: readonly string[];
  /** Columns that become features of items: one value, several values separated by `|`, or none. Default: none. */
  readonly itemFeatures?: readonly string[];
}

/**
 * Converts a table with one interaction per row, e.g. of arquero, to interactions, in the order of its rows.
 *
 * Ids are numbered in ascending order. Titles and features are those of the first row of each item or user. `inMemory`
 * makes a dataset of the result, for `defineExperiment`.
 *
 * @throws {RecsysError} `invalid-argument` if a column is missing or has two roles; `invalid-data` with index (from 0)
 *   and column of the first value that does not fit
 * @example
 * import { inMemory } from '@footlight/datasets';
 * import { fromTable } from '@footlight/datasets/arquero';
 * import { loadCSV } from 'arquero';
 *
 * const ratings = await loadCSV('ratings.csv'); // userId, movieId, rating, timestamp
 * const active = ratings
 *   .groupby('userId')
 *   .filter('count() >= 20')
 *   .ungroup();
 * const names = { user: 'userId', item: 'movieId', rating: 'rating', timestamp: 'timestamp' };
 * const dataset = inMemory(fromTable(active, names), { name: 'active-users' });
 */
export function fromTable(table: ColumnarTable, columns: TableColumns = {}): Interactions {
  const { user = 'user', item = 'item', rating, timestamp, weight, title, part } = columns;
  const { userFeatures = [], itemFeatures = [] } = columns;
  const names = omitUndefined({ user, item, rating, timestamp, weight });
  assertDifferentColumns('fromTable', { ...names, part });
  const isDate = timestamp !== undefined && readColumn(table, timestamp)[0] instanceof Date;
  const { times = isDate ? 'date' : 'seconds' } = columns;
  const collected = createCollectors({ names, times }, 'fromTable', 'index');
  for (const [at, name] of Object.values(names).entries()) {
    const values = readColumn(table, name);
    for (let row = 0; row < values.length; row++) collected.columns[at]!.add(values[row], row);
  }
  const { catalogue, users, items, ...others } = toMemoryInteractions(collected.take(), { names, times }, 'fromTable');
  if (users.length === 0) throw new RecsysError('invalid-data', 'fromTable: expected rows, received an empty table.');
  const { userCount, itemCount } = catalogue;
  return {
    catalogue: {
      ...catalogue,
      ...(title !== undefined && { itemTitles: readTexts(table, title, items, itemCount) }),
      ...(userFeatures.length > 0 && { userFeatures: readFeatures(table, userFeatures, users, userCount) }),
      ...(itemFeatures.length > 0 && { itemFeatures: readFeatures(table, itemFeatures, items, itemCount) }),
    },
    users,
    items,
    ...others,
    ...(part !== undefined && { parts: readParts(table, part) }),
  };
}

function readColumn(table: ColumnarTable, column: string): ArrayLike<unknown> {
  const names = table.columnNames();
  if (!names.includes(column))
    invalid('fromTable', `a column "${column}"`, names.join(', '), 'Name the columns of the table.');
  return table.array(column);
}

function readParts(table: ColumnarTable, column: string): Uint8Array {
  const values = readColumn(table, column);
  const fail = createIndexFailure('fromTable');
  return Uint8Array.from(values, (value, row) => {
    const part = Number(value);
    return part === 0 || part === 1
      ? part
      : fail(row, column, '0 (train) or 1 (test)', String(value), 'Correct the column.');
  });
}

/** The text in the first row of each entity that has one; '' for others. */
function readTexts(table: ColumnarTable, column: string, entities: Int32Array, count: number): string[] {
  const fail = createIndexFailure('fromTable');
  return readFirstTexts(readColumn(table, column), entities, count, (row, received) =>
    fail(row, column, 'a text', received, 'Correct the row or remove it.'),
  );
}

function readFeatures(table: ColumnarTable, columns: readonly string[], entities: Int32Array, count: number): Features {
  const split = (cell: string) => cell.split('|').filter((value) => value !== '');
  return buildFeatures(columns.map((name) => ({ name, values: readTexts(table, name, entities, count).map(split) })));
}
