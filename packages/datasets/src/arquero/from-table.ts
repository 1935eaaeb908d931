import { invalid } from '@footlight/core';
import type { ColumnTable } from 'arquero';
import { numberIds, type SourceIds } from '../readers/number-ids.js';
import type { Interactions } from '../types.js';

/** Which column of a table holds what. */
export interface TableColumns {
  /** Ids of users: all texts, or all whole numbers from 0. Default `user`. */
  readonly user?: string;
  /** Ids of items: all texts, or all whole numbers from 0. Default `item`. */
  readonly item?: string;
  /** Default none. */
  readonly rating?: string;
  /** Seconds since 1970, or dates. Default none. */
  readonly timestamp?: string;
  /** Titles of items; an item's first one counts. Default none. */
  readonly title?: string;
}

/**
 * Interactions out of an arquero table, in the order of its rows. Ids are numbered in ascending order.
 *
 * @throws {RecsysError} `invalid-argument` if a column is missing, or a value is no id, rating or time
 * @example
 * fromTable(await loadCSV('ratings.csv'), { user: 'userId', item: 'movieId', rating: 'rating', timestamp: 'timestamp' })
 */
export function fromTable(table: ColumnTable, columns: TableColumns = {}): Interactions {
  const { user = 'user', item = 'item', rating, timestamp, title } = columns;
  const users = numberIds(readIds(table, user), 'ascending');
  const items = numberIds(readIds(table, item), 'ascending');
  const itemCount = items.originals.length;
  return {
    catalogue: {
      userCount: users.originals.length,
      itemCount,
      userIds: users.originals,
      itemIds: items.originals,
      ...(title !== undefined && { itemTitles: collectTitles(readColumn(table, title), items.ids, itemCount) }),
    },
    users: users.ids,
    items: items.ids,
    ...(rating !== undefined && { ratings: Float32Array.from(readNumbers(table, rating)) }),
    ...(timestamp !== undefined && { timestamps: readNumbers(table, timestamp) }),
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
  const found = new Map<string, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const text = values[row];
    if (typeof text !== 'string' || text === '')
      return invalid(`fromTable(${column})`, 'a text as id', `${String(text)} in row ${row}`);
    const code = found.get(text) ?? found.size;
    if (code === found.size) found.set(text, code);
    codes[row] = code;
  }
  return { codes, texts: [...found.keys()] };
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

function collectTitles(values: ArrayLike<unknown>, items: Int32Array, itemCount: number): string[] {
  const titles = new Array<string>(itemCount).fill('');
  for (let row = 0; row < items.length; row++)
    if (titles[items[row]!] === '') titles[items[row]!] = String(values[row] ?? '');
  return titles;
}
