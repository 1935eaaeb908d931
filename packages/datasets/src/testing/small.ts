import type { Interactions } from '../types.js';

/** One row: user, item and, if wanted, time and rating; time and rating default to the row's number and 1 + (row modulo 5). */
export type Row = readonly [user: number, item: number, timestamp?: number, rating?: number];

/** Interactions for tests: original ids are 100 + user and 10 × item, titles 'Item 0', 'Item 1', …. */
export function interactionsOf(
  table: readonly Row[],
  counts: { readonly userCount?: number; readonly itemCount?: number } = {},
): Interactions {
  const userCount = counts.userCount ?? 1 + Math.max(-1, ...table.map(([user]) => user));
  const itemCount = counts.itemCount ?? 1 + Math.max(-1, ...table.map(([, item]) => item));
  return {
    catalogue: {
      userCount,
      itemCount,
      userIds: Int32Array.from({ length: userCount }, (_, user) => 100 + user),
      itemIds: Int32Array.from({ length: itemCount }, (_, item) => 10 * item),
      itemTitles: Array.from({ length: itemCount }, (_, item) => `Item ${item}`),
    },
    users: Int32Array.from(table, ([user]) => user),
    items: Int32Array.from(table, ([, item]) => item),
    ratings: Float32Array.from(table, ([, , , rating], row) => rating ?? 1 + (row % 5)),
    timestamps: Float64Array.from(table, ([, , timestamp], row) => timestamp ?? row),
  };
}

/** The rows as [original user, original item], for whole comparisons. */
export function pairsOf({ catalogue, users, items }: Interactions): (string | number)[][] {
  return Array.from(users, (user, row) => [catalogue.userIds[user]!, catalogue.itemIds[items[row]!]!]);
}
