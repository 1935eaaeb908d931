import { invalid } from '@footlight/core';
import { reindex } from '../reindex.js';
import { selectRows } from '../select-rows.js';
import type { Interactions } from '../types.js';

/**
 * Whether users and items without remaining interactions are removed from the catalogue (`compact`) or stay, as
 * candidates too (`whole`).
 */
export type CatalogueMode = 'compact' | 'whole';

/**
 * The result of a filter: the given rows, with ids numbered densely again unless the catalogue stays `whole`. Throws if
 * there are none.
 */
export function keepRows(
  where: string,
  interactions: Interactions,
  rows: Int32Array,
  catalogue: CatalogueMode = 'compact',
): Interactions {
  const count = interactions.users.length;
  if (rows.length === 0) invalid(where, 'interactions that pass', `none of ${count}`, 'Lower the minimum.');
  const kept = rows.length === count ? interactions : selectRows(interactions, rows);
  return catalogue === 'whole' ? kept : reindex(kept);
}
