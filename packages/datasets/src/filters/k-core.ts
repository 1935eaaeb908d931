import { assertInteger } from '@footlight/core';
import { countKeys } from '../group-by.js';
import { findRows } from '../select-rows.js';
import type { Filter, Interactions } from '../types.js';
import { keepRows } from './keep-rows.js';

export type KCoreOptions =
  | {
      /** Minimum number of interactions of each user and of each item. */
      readonly minimum: number;
    }
  | {
      /** Minimum number of interactions of each user. Default 1. */
      readonly users?: number;
      /** Minimum number of interactions of each item. Default 1. */
      readonly items?: number;
    };

/**
 * K-core filter: removes rare users and items repeatedly, until all that remain have enough interactions.
 *
 * The result is the largest subset of the data with that property.
 *
 * @throws {RecsysError} `invalid-argument` if no interaction remains
 */
export function kCore(options: KCoreOptions): Filter {
  const { users = 1, items = 1 } = 'minimum' in options ? { users: options.minimum, items: options.minimum } : options;
  if ('minimum' in options) assertInteger('kCore(minimum)', options.minimum);
  assertInteger('kCore(users)', users);
  assertInteger('kCore(items)', items);
  return {
    name: users === items ? `k-core(${users})` : `k-core(users ${users}, items ${items})`,
    protocol: { name: 'k-core', users, items },
    apply: (interactions) => keepRows('kCore', interactions, findCoreRows(interactions, users, items)),
  };
}

function findCoreRows({ users, items, catalogue }: Interactions, userMinimum: number, itemMinimum: number): Int32Array {
  const userCounts = countKeys(users, catalogue.userCount);
  const itemCounts = countKeys(items, catalogue.itemCount);
  const passes = (row: number): boolean => {
    const [user, item] = [users[row]!, items[row]!];
    if (userCounts[user]! >= userMinimum && itemCounts[item]! >= itemMinimum) return true;
    userCounts[user]!--; // the row is removed, and counted out at once
    itemCounts[item]!--;
    return false;
  };
  let rows = findRows(users.length, passes);
  for (let before = users.length; rows.length < before; ) {
    before = rows.length;
    const remaining = rows;
    const kept = findRows(remaining.length, (at) => passes(remaining[at]!));
    rows = kept.map((at) => remaining[at]!);
  }
  return rows;
}
