import { getGroup, groupBy } from '../group-by.js';
import { rankIds } from '../rank-ids.js';
import { assertRowOrder, listCanonicalRows, type RowOrderOptions } from '../row-order.js';
import { selectRows } from '../select-rows.js';
import type { Filter, Interactions } from '../types.js';

/**
 * Sorts interactions by item: items by original id, the interactions of an item by user and time; with `order:
 * 'source'` items by first appearance, the interactions of an item in the given order.
 *
 * The latter is the order of a table of ratings after a join with a table of items. It matters where random numbers
 * depend on the row (`numpyNegatives` with a split in the order of the source). Apply it before filters that remove
 * rows, since the first appearance of an item can be among these.
 *
 * @example
 * const ratings = await movielens('100k', { publishedSplit: 'ua' }).load({ rng });
 * sortByItem({ order: 'source' }).apply(ratings) // users 1 2 6 10 13 … with item 1, then item 2, …
 * @source an inner merge of pandas, as in https://github.com/m2dsupsdlclass/lectures-labs, lab 3
 */
export function sortByItem(options: RowOrderOptions = {}): Filter {
  const order = assertRowOrder('sortByItem', options.order);
  return {
    name: 'sort-by-item',
    protocol: { name: 'sort-by-item', order },
    apply: (interactions) =>
      selectRows(interactions, order === 'source' ? orderByAppearance(interactions) : orderCanonically(interactions)),
  };
}

function orderCanonically(interactions: Interactions): Int32Array {
  const { items, catalogue } = interactions;
  const rows = listCanonicalRows(interactions);
  const ranks = rankIds(catalogue.itemIds);
  const keys = rows.map((row) => ranks?.[items[row]!] ?? items[row]!);
  return groupBy(keys, catalogue.itemCount).rows.map((at) => rows[at]!);
}

function orderByAppearance({ items, catalogue }: Interactions): Int32Array {
  const grouped = groupBy(items, catalogue.itemCount);
  const rows = new Int32Array(items.length);
  let end = 0;
  for (let row = 0; row < items.length; row++) {
    const itemRows = getGroup(grouped, items[row]!);
    if (itemRows[0] !== row) continue; // the first row of an item adds all its rows
    rows.set(itemRows, end);
    end += itemRows.length;
  }
  return rows;
}
