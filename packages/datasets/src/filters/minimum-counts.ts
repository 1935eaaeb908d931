import { assertInteger } from '@footlight/core';
import { countKeys } from '../group-by.js';
import { findRows } from '../select-rows.js';
import type { Filter } from '../types.js';
import { keepRows } from './keep-rows.js';

export interface MinimumCountsOptions {
  /** Minimum number of interactions of a user. Default 1. */
  readonly users?: number;
  /** Minimum number of interactions of an item. Default 1. */
  readonly items?: number;
  /**
   * - `simultaneous` (default): both are counted before anything is removed (Spotlight).
   * - `items-then-users`: users are counted after rare items have been removed (RecoTour, vae_cf).
   */
  readonly mode?: 'simultaneous' | 'items-then-users';
}

/**
 * Removes rare users and items in one pass. Remaining ones can fall below the minimum again; `kCore` repeats the
 * passes.
 *
 * @source Spotlight, https://github.com/maciejkula/spotlight; Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814
 */
export function minimumCounts({ users = 1, items = 1, mode = 'simultaneous' }: MinimumCountsOptions): Filter {
  assertInteger('minimumCounts(users)', users, { minimum: 0 });
  assertInteger('minimumCounts(items)', items, { minimum: 0 });
  return {
    name: `minimum-counts(users ${users}, items ${items}${mode === 'simultaneous' ? '' : `, ${mode}`})`,
    protocol: { name: 'minimum-counts', users, items, mode },
    apply(interactions) {
      const { catalogue, users: userColumn, items: itemColumn } = interactions;
      const itemCounts = countKeys(itemColumn, catalogue.itemCount);
      const itemPasses = (row: number) => itemCounts[itemColumn[row]!]! >= items;
      const isCounted = mode === 'simultaneous' ? () => true : itemPasses;
      const userCounts = new Int32Array(catalogue.userCount);
      for (let row = 0; row < userColumn.length; row++) if (isCounted(row)) userCounts[userColumn[row]!]!++;
      const rows = findRows(userColumn.length, (row) => itemPasses(row) && userCounts[userColumn[row]!]! >= users);
      return keepRows('minimumCounts', interactions, rows);
    },
  };
}
