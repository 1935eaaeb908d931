import { invalid } from '@footlight/core';
import { sortRows } from './canonical/sort-rows.js';
import { toCanonicalOrder } from './canonical/to-canonical-order.js';
import { rankIds } from './rank-ids.js';
import type { Interactions, RowOrder } from './types.js';

export interface RowOrderOptions {
  /**
   * The order of rows, users and items that draws, ties in time and dense ids follow. `canonical` (default): rows by
   * user, time and item, users and items by original id, so that the order of the source changes nothing. `source`: the
   * order of the source, as published splits have it.
   */
  readonly order?: RowOrder;
}

/** Interactions in the given order. With `source` they are marked, so that later ties in time follow the source too. */
export function putInOrder(interactions: Interactions, order: RowOrder): Interactions {
  if (order === 'source') return { ...interactions, order };
  const { order: _, ...columns } = interactions;
  return toCanonicalOrder(columns);
}

/** Checks the option and returns it. */
export function assertRowOrder(where: string, order: RowOrder = 'canonical'): RowOrder {
  return order === 'canonical' || order === 'source'
    ? order
    : invalid(`${where}(order)`, "'canonical' or 'source'", order);
}

/** The row numbers in canonical order; users and items keep their dense ids. */
export function listCanonicalRows(interactions: Interactions): Int32Array {
  const { userIds, itemIds } = interactions.catalogue;
  return sortRows(interactions, rankIds(userIds), rankIds(itemIds)).rows;
}

/**
 * Checks that the last interaction of a user can be told: by timestamps, or by an order of rows that is named.
 *
 * @param hint what to do without times
 */
export function assertTimes(where: string, { timestamps }: Interactions, order: RowOrder, hint: string): void {
  if (timestamps || order === 'source') return;
  invalid(
    where,
    'interactions with timestamps',
    'none',
    `${hint} If the rows of each user are in the order of time, set order: 'source'.`,
  );
}
