import { groupByUserInTime, type Interactions } from '@footlight/datasets';

/** The items of each user, oldest first where there are times, else in the order of the source. */
export function groupItemsByUser(interactions: Interactions): (user: number) => Int32Array {
  const { offsets, rows } = groupByUserInTime(interactions);
  const items = new Int32Array(rows.length); // in the order of `rows`, so that a user's items are one piece
  for (let at = 0; at < rows.length; at++) items[at] = interactions.items[rows[at]!]!;
  return (user) => items.subarray(offsets[user]!, offsets[user + 1]!);
}
