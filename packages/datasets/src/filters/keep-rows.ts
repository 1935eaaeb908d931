import { invalid } from '@footlight/core';
import { reindex } from '../reindex.js';
import { selectRows } from '../select-rows.js';
import type { Interactions } from '../types.js';

/** What becomes of users and items that lose all their interactions: `compact` drops them, `whole` keeps them, as candidates too. */
export type CatalogueMode = 'compact' | 'whole';

/** What a filter leaves, numbered densely again unless the whole catalogue is wanted. A filter that leaves nothing is an error. */
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
