import * as tf from '@tensorflow/tfjs';
import type { Queries, Reads } from '../types.js';
import { listChoices } from './checkerboard.js';

/** What a model is asked about these users. Histories differ in length; what lies under the mask is `padding`. */
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
    ...(reads === 'basket' ? { baskets: createBaskets(users) } : {}),
  };
}

/** Up to three different choices of each. */
function createBaskets(users: readonly number[]): NonNullable<Queries['baskets']> {
  const sets = users.map((user) => listChoices(user, 1 + (user % 3)));
  const offsets = new Int32Array(sets.length + 1);
  for (const [row, items] of sets.entries()) offsets[row + 1] = offsets[row]! + items.length;
  return { offsets, ids: Int32Array.from(sets.flat()) };
}

/** Steps of history; 1 for a model that reads user ids or baskets. */
export const countSteps = (reads: Reads): number => (typeof reads === 'object' ? reads.history : 1);
