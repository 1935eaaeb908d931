import { invalid } from '@footlight/core';
import type { ColumnTable } from 'arquero';
import { buildFeatures } from '../features.js';
import { numberIds, type SourceIds } from '../readers/number-ids.js';
import type { Features, Interactions } from '../types.js';

/** Names of the columns of a table with one interaction per row. */
export interface TableColumns {
  /** User ids: all texts, or all whole numbers from 0. Default `user`. */
  readonly user?: string;
  /** Item ids: all texts, or all whole numbers from 0. Default `item`. */
  readonly item?: string;
  /** Ratings. Default: none. */
  readonly rating?: string;
  /** Timestamps: seconds since 1970, or dates. Default: none. */
  readonly timestamp?: string;
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
 * Converts an arquero table with one interaction per row to interactions, in the order of its rows.
 *
 * Ids are numbered in ascending order. Titles and features are those of the first row of each item or user. `inMemory`
 * makes a dataset of the result, for `defineExperiment`.
 *
 * @throws {RecsysError} `invalid-argument` if a column is missing, or a value is no id, rating or timestamp
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
export function fromTable(table: ColumnTable, columns: TableColumns = {}): Interactions {
  const {
    user = 'user',
    item = 'item',
    rating,
    timestamp,
    title,
    part,
    userFeatures = [],
    itemFeatures = [],
  } = columns;
  const users = numberIds(readIds(table, user), 'ascending');
  const items = numberIds(readIds(table, item), 'ascending');
  const [userCount, itemCount] = [users.originals.length, items.originals.length];
  return {
    catalogue: {
      userCount,
      itemCount,
      userIds: users.originals,
      itemIds: items.originals,
      ...(title !== undefined && { itemTitles: readFirstTexts(table, title, items.ids, itemCount) }),
      ...(userFeatures.length > 0 && { userFeatures: readFeatures(table, userFeatures, users.ids, userCount) }),
      ...(itemFeatures.length > 0 && { itemFeatures: readFeatures(table, itemFeatures, items.ids, itemCount) }),
    },
    users: users.ids,
    items: items.ids,
    ...(rating !== undefined && { ratings: Float32Array.from(readNumbers(table, rating)) }),
    ...(timestamp !== undefined && { timestamps: readNumbers(table, timestamp) }),
    ...(part !== undefined && { parts: Uint8Array.from(readNumbers(table, part)) }),
  };
}

function readColumn(table: ColumnTable, column: string): ArrayLike<unknown> {
  const names = table.columnNames();
  if (!names.includes(column))
    invalid('fromTable', `a column "${column}"`, names.join(', '), 'Name the columns of the table.');
  return table.array(column) as ArrayLike<unknown>;
}

function readIds(table: ColumnTable, column: string): SourceIds {
  const values = readColumn(table, column);
  return typeof values[0] === 'string' ? readTextIds(values, column) : readNumberIds(values, column);
}

function readTextIds(values: ArrayLike<unknown>, column: string): SourceIds {
  const codeByText = new Map<string, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const text = values[row];
    if (typeof text !== 'string' || text === '')
      return invalid(`fromTable(${column})`, 'a text as id', `${String(text)} in row ${row}`);
    const code = codeByText.get(text) ?? codeByText.size;
    if (code === codeByText.size) codeByText.set(text, code);
    codes[row] = code;
  }
  return { codes, texts: [...codeByText.keys()] };
}

function readNumberIds(values: ArrayLike<unknown>, column: string): SourceIds {
  const ids = new Float64Array(values.length);
  let largest = 0;
  for (let row = 0; row < values.length; row++) {
    const id = typeof values[row] === 'bigint' ? Number(values[row]) : values[row];
    if (!Number.isSafeInteger(id) || (id as number) < 0) {
      invalid(`fromTable(${column})`, 'a whole number from 0 as id', `${String(values[row])} in row ${row}`);
    }
    ids[row] = id as number;
    largest = Math.max(largest, id as number);
  }
  return largest < 2 ** 31 ? Int32Array.from(ids) : ids;
}

function readNumbers(table: ColumnTable, column: string): Float64Array {
  const values = readColumn(table, column);
  const numbers = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    const number = value instanceof Date ? value.getTime() / 1000 : typeof value === 'bigint' ? Number(value) : value;
    if (!Number.isFinite(number)) invalid(`fromTable(${column})`, 'a finite number', `${String(value)} in row ${row}`);
    numbers[row] = number as number;
  }
  return numbers;
}

/** The text in the first row of each entity that has one; '' for others. */
function readFirstTexts(table: ColumnTable, column: string, entities: Int32Array, count: number): string[] {
  const values = readColumn(table, column);
  const texts = new Array<string>(count).fill('');
  for (let row = 0; row < entities.length; row++)
    if (texts[entities[row]!] === '') texts[entities[row]!] = String(values[row] ?? '');
  return texts;
}

function readFeatures(table: ColumnTable, columns: readonly string[], entities: Int32Array, count: number): Features {
  const split = (cell: string) => cell.split('|').filter((value) => value !== '');
  return buildFeatures(
    columns.map((name) => ({ name, values: readFirstTexts(table, name, entities, count).map(split) })),
  );
}
