import { sortRows } from './canonical/sort-rows.js';
import { type GroupedRows, groupBy } from './group-by.js';
import { rankIds } from './rank-ids.js';
import type { Interactions, RowOrder } from './types.js';

/**
 * Groups rows by user; those of a user stay in the order of the source.
 *
 * @example
 * const { offsets, rows } = groupByUser(interactions);
 * rows.subarray(offsets[user], offsets[user + 1])
 */
export function groupByUser({ users, catalogue }: Interactions): GroupedRows {
  return groupBy(users, catalogue.userCount);
}

/**
 * Groups rows by user; those of a user are sorted by time, oldest first.
 *
 * Rows with equal timestamps, or all rows of a user without timestamps, are in the given order: `canonical` by original
 * item id (then rating, published part and weight), `source` as they are. Default: the order of the split that the
 * interactions come from, else `canonical`.
 */
export function groupByUserInTime(
  interactions: Interactions,
  order: RowOrder = interactions.order ?? 'canonical',
): GroupedRows {
  const { catalogue, users, items, timestamps } = interactions;
  if (order !== 'source') return sortRows(interactions, undefined, rankIds(catalogue.itemIds));
  const everyItemAlike = new Int32Array(catalogue.itemCount); // so that only times count
  return sortRows({ catalogue, users, items, ...(timestamps && { timestamps }) }, undefined, everyItemAlike);
}
