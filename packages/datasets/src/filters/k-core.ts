import { assertInteger } from '@footlight/core';
import { countKeys } from '../group-by-user.js';
import { findRows } from '../select-rows.js';
import type { Filter, Interactions } from '../types.js';
import { keepRows } from './keep-rows.js';

export type KCoreOptions =
  | {
      /** Interactions that each user and each item must have. */
      readonly minimum: number;
    }
  | {
      /** Interactions that each user must have. Default 1. */
      readonly users?: number;
      /** Interactions that each item must have. Default 1. */
      readonly items?: number;
    };

/**
 * Drops rare users and items until every one left has enough interactions: the largest such part of the data.
 *
 * @throws {RecsysError} `invalid-argument` if nothing is left
 */
export function kCore(options: KCoreOptions): Filter {
  const { users = 1, items = 1 } = 'minimum' in options ? { users: options.minimum, items: options.minimum } : options;
  assertInteger('kCore(users)', users);
  assertInteger('kCore(items)', items);
  return {
    name: users === items ? `k-core(${users})` : `k-core(users ${users}, items ${items})`,
    protocol: { name: 'k-core', users, items },
    apply: (interactions) => keepRows('kCore', interactions, findCoreRows(interactions, users, items)),
  };
}

function findCoreRows({ users, items, catalogue }: Interactions, userMinimum: number, itemMinimum: number): Int32Array {
  const ofUser = countKeys(users, catalogue.userCount);
  const ofItem = countKeys(items, catalogue.itemCount);
  const stays = (row: number): boolean => {
    const [user, item] = [users[row]!, items[row]!];
    if (ofUser[user]! >= userMinimum && ofItem[item]! >= itemMinimum) return true;
    ofUser[user]!--; // each row leaves once, and is missed at once
    ofItem[item]!--;
    return false;
  };
  let rows = findRows(users.length, stays);
  for (let before = users.length; rows.length < before; ) {
    before = rows.length;
    const left = rows;
    const kept = findRows(left.length, (at) => stays(left[at]!));
    rows = kept.map((at) => left[at]!);
  }
  return rows;
}
