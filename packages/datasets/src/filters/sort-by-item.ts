import { getGroup, groupBy } from '../group-by-user.js';
import { selectRows } from '../select-rows.js';
import type { Filter, Interactions } from '../types.js';

/**
 * All interactions of an item one after the other: items by their first appearance, each one's interactions in the order given.
 *
 * It is the order in which joining ratings with a list of films leaves them, and matters where random numbers belong to rows
 * (`numpyNegatives`), or to their order. Apply it before filters that drop rows: the first appearance may be among these.
 *
 * @example
 * sortByItem().apply(await movielens('100k', { official: 'ua' }).load({ rng })) // users 1 2 6 10 13 … with item 1, then item 2, …
 * @source an inner merge of pandas, as in https://github.com/m2dsupsdlclass/lectures-labs, lab 3
 */
export function sortByItem(): Filter {
  return {
    name: 'sort-by-item',
    protocol: { name: 'sort-by-item' },
    apply: (interactions) => selectRows(interactions, orderRowsByItem(interactions)),
  };
}

function orderRowsByItem({ items, catalogue }: Interactions): Int32Array {
  const grouped = groupBy(items, catalogue.itemCount);
  const rows = new Int32Array(items.length);
  let end = 0;
  for (let row = 0; row < items.length; row++) {
    const own = getGroup(grouped, items[row]!);
    if (own[0] !== row) continue; // only an item's first row brings in the others
    rows.set(own, end);
    end += own.length;
  }
  return rows;
}
