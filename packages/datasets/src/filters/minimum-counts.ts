import { assertInteger } from '@footlight/core';
import { countKeys } from '../group-by-user.js';
import { findRows } from '../select-rows.js';
import type { Filter } from '../types.js';
import { keepRows } from './keep-rows.js';

export interface MinimumCountsOptions {
  /** Interactions that a user must have. Default 1. */
  readonly users?: number;
  /** Interactions that an item must have. Default 1. */
  readonly items?: number;
  /**
   * - `simultaneous` (default): both are counted on what comes in (Spotlight).
   * - `items-then-users`: items first; users are counted on what that leaves (RecoTour, vae_cf).
   */
  readonly mode?: 'simultaneous' | 'items-then-users';
}

/**
 * Drops rare users and items in one pass. What is left may fall below the minimum again; `kCore` goes on until it does not.
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
      const { catalogue, users: userOf, items: itemOf } = interactions;
      const ofItem = countKeys(itemOf, catalogue.itemCount);
      const itemPasses = (row: number) => ofItem[itemOf[row]!]! >= items;
      const counts = mode === 'simultaneous' ? () => true : itemPasses;
      const ofUser = new Int32Array(catalogue.userCount);
      for (let row = 0; row < userOf.length; row++) if (counts(row)) ofUser[userOf[row]!]!++;
      const rows = findRows(userOf.length, (row) => itemPasses(row) && ofUser[userOf[row]!]! >= users);
      return keepRows('minimumCounts', interactions, rows);
    },
  };
}
