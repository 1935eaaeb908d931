import { invalid } from '@footlight/core';
import { assertRowOrder, putInOrder, type RowOrderOptions } from '../row-order.js';
import type { Split } from '../types.js';
import { splitByPart } from './split-by-part.js';

/**
 * The split that the source publishes, e.g. `ua.base` and `ua.test` of MovieLens 100K.
 *
 * @throws {RecsysError} `invalid-argument` if the dataset has none
 */
export function publishedSplit(options: RowOrderOptions = {}): Split {
  const order = assertRowOrder('publishedSplit', options.order);
  return {
    name: 'published-split',
    protocol: { name: 'published-split', order },
    split(all) {
      const interactions = putInOrder(all, order);
      const hint = 'Try leaveLastOut().';
      const parts =
        interactions.parts ?? invalid('publishedSplit', 'a dataset with a published split', 'one without', hint);
      const part = parts.map((of) => 2 * of); // test is 1 in the source, 2 in `Parts`
      return splitByPart('publishedSplit', interactions, part, false);
    },
  };
}
