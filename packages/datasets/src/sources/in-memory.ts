import { invalid } from '@footlight/core';
import type { Dataset, Interactions } from '../types.js';
import { OWN_DATA } from './own-data.js';

export interface InMemoryOptions {
  /** Name of the data, for results. */
  readonly name: string;
}

/**
 * Interactions that are already in memory, e.g. from `fromTable` or a database, as a dataset for `defineExperiment`.
 *
 * Users and items are dense ids; `rows` numbers original ids. The protocol has the fingerprint of the data and not
 * their name, as with `table`.
 *
 * @throws {RecsysError} `invalid-argument` if columns differ in length, or with the row (from 0) of the first value
 *   that does not fit
 * @example
 * inMemory(fromTable(ratings), { name: 'my-ratings' })
 */
export function inMemory(interactions: Interactions, { name }: InMemoryOptions): Dataset {
  assertInteractions(interactions);
  const { ratings, timestamps } = interactions;
  return {
    name: `in-memory(${name})`,
    protocol: OWN_DATA,
    columns: { ratings: ratings !== undefined, timestamps: timestamps !== undefined },
    load: async () => interactions,
  };
}

function assertInteractions(interactions: Interactions): void {
  const { catalogue, users, items, ratings, timestamps, weights, parts } = interactions;
  const { userCount, itemCount, userIds, itemIds } = catalogue;
  assertLengths('the catalogue has users', userCount, { userIds });
  assertLengths('the catalogue has items', itemCount, { itemIds });
  assertLengths('users', users.length, { items, ratings, timestamps, weights, parts });
  const isFrom0To = (end: number) => (id: number) => id >= 0 && id < end;
  assertValues('users', users, `ids from 0 to ${userCount - 1}`, isFrom0To(userCount));
  assertValues('items', items, `ids from 0 to ${itemCount - 1}`, isFrom0To(itemCount));
  assertValues('ratings', ratings, 'finite numbers', Number.isFinite);
  assertValues('timestamps', timestamps, 'finite numbers', Number.isFinite);
  assertValues('weights', weights, 'finite numbers from 0', (weight) => weight >= 0 && weight < Infinity);
  assertValues('parts', parts, '0 (train) or 1 (test)', (part) => part < 2);
}

function assertLengths(
  others: string,
  length: number,
  columns: Readonly<Record<string, ArrayLike<unknown> | undefined>>,
): void {
  for (const [name, column] of Object.entries(columns))
    if (column && column.length !== length)
      invalid(`inMemory(${name})`, `as many values as ${others} (${length})`, column.length);
}

function assertValues(
  name: string,
  column: ArrayLike<number> | undefined,
  expected: string,
  fits: (value: number) => boolean,
): void {
  for (let row = 0; row < (column?.length ?? 0); row++)
    if (!fits(column![row]!)) invalid(`inMemory(${name})`, expected, `${column![row]} in row ${row}`);
}
