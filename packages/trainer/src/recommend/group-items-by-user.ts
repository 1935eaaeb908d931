import { groupByUserInTime, type Interactions } from '@footlight/datasets';

/**
 * Groups items by user.
 *
 * @returns a function from a user to the user's items, oldest first if interactions have times, else in the order of
 *   the source
 */
export function groupItemsByUser(interactions: Interactions): (user: number) => Int32Array {
  const { offsets, rows } = groupByUserInTime(interactions);
  const items = new Int32Array(rows.length); // in the order of `rows`, so that the items of a user are contiguous
  for (let at = 0; at < rows.length; at++) items[at] = interactions.items[rows[at]!]!;
  return (user) => items.subarray(offsets[user]!, offsets[user + 1]!);
}
