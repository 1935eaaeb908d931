import { renumber } from '../reindex.js';
import { selectRows } from '../select-rows.js';
import type { Catalogue, Interactions, LowRated } from '../types.js';
import { isAscending, sortIds } from './sort-ids.js';
import { sortRows } from './sort-rows.js';

/**
 * Canonical order: numbers users and items by their original ids, and sorts rows by user, time, item, rating, part
 * and weight.
 *
 * Ids are ordered by value if all of them are whole numbers, as numbers or as texts; otherwise by UTF-16 code units.
 * The result depends on the interactions only, not on the order of the rows or the numbering.
 *
 * @example
 * toCanonicalOrder(await movielens('100k').load({ rng }))
 */
export function toCanonicalOrder(interactions: Interactions): Interactions {
  const { userIds, itemIds } = interactions.catalogue;
  const [users, items] = [sortIds(userIds), sortIds(itemIds)];
  const numbered = isAscending(users) && isAscending(items) ? interactions : renumber(interactions, users, items);
  const sorted = sortCanonically(numbered);
  if (!sorted.lowRated) return sorted;
  const lowRated = sortLowRated(sorted.catalogue, sorted.lowRated);
  return lowRated === sorted.lowRated ? sorted : { ...sorted, lowRated };
}

/** Sorts rows whose users and items are numbered canonically. */
function sortCanonically(numbered: Interactions): Interactions {
  const { rows } = sortRows(numbered);
  return isAscending(rows) ? numbered : selectRows(numbered, rows);
}

function sortLowRated(catalogue: Catalogue, lowRated: LowRated): LowRated {
  const unsorted = { catalogue, ...lowRated };
  const sorted = sortCanonically(unsorted);
  if (sorted === unsorted) return lowRated;
  const { users, items, ratings, timestamps } = sorted;
  return { users, items, ratings: ratings!, ...(timestamps && { timestamps }) };
}
