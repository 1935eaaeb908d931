import { omitUndefined } from '@footlight/core';
import { tf, toSparseRows } from '@footlight/engine';
import type { Queries, Reads } from '../types.js';
import { listChoices } from './checkerboard.js';

/** Creates the queries of some users. Histories differ in length; padding is the item `padding`. */
export function createQueries(users: readonly number[], reads: Reads, padding = 0): Queries {
  const time = countSteps(reads);
  const rows = users.map((user) => {
    const known = typeof reads === 'object' ? listChoices(user, Math.max(1, time - (user % 3))) : [];
    const missing = time - known.length;
    return {
      items: [...new Array<number>(missing).fill(padding), ...known],
      mask: [...new Array<number>(missing).fill(0), ...known.map(() => 1)],
    };
  });
  return {
    users: tf.tensor1d([...users], 'int32'),
    history: tf.tensor2d(
      rows.flatMap(({ items }) => items),
      [users.length, time],
      'int32',
    ),
    mask: tf.tensor2d(
      rows.flatMap(({ mask }) => mask),
      [users.length, time],
    ),
    ...omitUndefined({ baskets: reads === 'basket' ? createBaskets(users) : undefined }),
  };
}

/** Creates baskets of one to three different items. */
function createBaskets(users: readonly number[]): NonNullable<Queries['baskets']> {
  return toSparseRows(users.map((user) => listChoices(user, 1 + (user % 3))));
}

/** Steps of history; 1 for a model that reads user ids or baskets. */
export const countSteps = (reads: Reads): number => (typeof reads === 'object' ? reads.history : 1);
