import type { HeldOut, Interactions } from '@footlight/datasets';

/** How active the users of queries are, and how popular what they are tested on. */
export interface InteractionCounts {
  /** Number of interactions in the history of each query. */
  readonly activity: Int32Array;
  /** Mean number of training interactions of the test items of each query. */
  readonly popularity: Float64Array;
}

/**
 * Counts the interactions behind each query of a held-out part.
 *
 * @param users dense ids of the queries, all with targets
 */
export function countInteractions(
  { history, targets }: HeldOut,
  train: Interactions,
  users: Int32Array,
): InteractionCounts {
  const known = countIds(history.users, targets.catalogue.userCount);
  const itemCounts = countIds(train.items, train.catalogue.itemCount);
  const targetCounts = countIds(targets.users, targets.catalogue.userCount);
  const sums = new Float64Array(targets.catalogue.userCount);
  for (const [row, user] of targets.users.entries()) sums[user]! += itemCounts[targets.items[row]!] ?? 0;
  return {
    activity: Int32Array.from(users, (user) => known[user] ?? 0),
    popularity: Float64Array.from(users, (user) => sums[user]! / targetCounts[user]!),
  };
}

function countIds(ids: Int32Array, count: number): Int32Array {
  const counts = new Int32Array(count);
  for (const id of ids) counts[id]! += 1;
  return counts;
}
