import { getGroup, groupByUser } from '../group-by-user.js';
import { findRows } from '../select-rows.js';
import type { Filter, Interactions } from '../types.js';
import { keepRows } from './keep-rows.js';

export interface DedupeOptions {
  /** Which interaction is kept, in the order of the source. Default `first`. */
  readonly keep?: 'first' | 'last';
}

/** Removes duplicates: keeps one interaction of each user with each item. */
export function dedupe({ keep = 'first' }: DedupeOptions = {}): Filter {
  return {
    name: `dedupe(${keep})`,
    protocol: { name: 'dedupe', keep },
    apply: (interactions) => keepRows('dedupe', interactions, findUniqueRows(interactions, keep === 'last')),
  };
}

function findUniqueRows(interactions: Interactions, fromEnd: boolean): Int32Array {
  const { items, catalogue } = interactions;
  const grouped = groupByUser(interactions);
  const lastUsers = new Int32Array(catalogue.itemCount).fill(-1); // the last user of each item
  const repeated = new Uint8Array(items.length);
  for (let user = 0; user < catalogue.userCount; user++) {
    const rows = getGroup(grouped, user);
    for (let at = 0; at < rows.length; at++) {
      const row = rows[fromEnd ? rows.length - 1 - at : at]!;
      if (lastUsers[items[row]!] === user) repeated[row] = 1;
      lastUsers[items[row]!] = user;
    }
  }
  return findRows(items.length, (row) => repeated[row] === 0);
}
