import { getGroup } from '../group-by.js';
import { groupByUser, groupByUserInTime } from '../group-by-user.js';
import { assertRowOrder } from '../row-order.js';
import { findRows } from '../select-rows.js';
import type { Filter, Interactions, RowOrder } from '../types.js';
import { keepRows } from './keep-rows.js';

export interface DedupeOptions {
  /** Which interaction is kept, in the order of `order`. Default `first`. */
  readonly keep?: 'first' | 'last';
  /**
   * `canonical` (default): by time; of equal times, or without times, the lower rating comes first, then the lower
   * weight. `source`: the order of the source.
   */
  readonly order?: RowOrder;
}

/** Removes duplicates: keeps one interaction of each user with each item. */
export function dedupe({ keep = 'first', ...options }: DedupeOptions = {}): Filter {
  const order = assertRowOrder('dedupe', options.order);
  return {
    name: `dedupe(${keep})`,
    protocol: { name: 'dedupe', keep, order },
    apply: (interactions) => keepRows('dedupe', interactions, findUniqueRows(interactions, keep === 'last', order)),
  };
}

function findUniqueRows(interactions: Interactions, fromEnd: boolean, order: RowOrder): Int32Array {
  const { items, catalogue } = interactions;
  const grouped = order === 'source' ? groupByUser(interactions) : groupByUserInTime(interactions, order);
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
