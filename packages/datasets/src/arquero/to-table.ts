import { type ColumnTable, table } from 'arquero';
import { gather } from '../select-rows.js';
import type { Interactions, OriginalIds } from '../types.js';

/**
 * Interactions as an arquero table with the original ids: `user`, `item` and, where there are any, `title`, `rating`, `timestamp`, `part`.
 *
 * @example
 * toTable(interactions).groupby('title').count().orderby(desc('count'))
 */
export function toTable({ catalogue, users, items, ratings, timestamps, parts }: Interactions): ColumnTable {
  return table({
    user: originals(catalogue.userIds, users),
    item: originals(catalogue.itemIds, items),
    ...(catalogue.itemTitles && { title: originals(catalogue.itemTitles, items) }),
    ...(ratings && { rating: ratings }),
    ...(timestamps && { timestamp: timestamps }),
    ...(parts && { part: parts }),
  });
}

function originals(ids: OriginalIds, column: Int32Array): Int32Array | Float64Array | string[] {
  if (ids instanceof Int32Array) return gather(ids, column, new Int32Array(column.length));
  if (ids instanceof Float64Array) return gather(ids, column, new Float64Array(column.length));
  return Array.from(column, (id) => ids[id]!);
}
