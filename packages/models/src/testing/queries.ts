import * as tf from '@tensorflow/tfjs';
import type { Queries, Reads } from '../types.js';
import { choicesOf } from './checkerboard.js';

/** What a model is asked about these users. Histories differ in length; what lies under the mask is `padding`. */
export function queriesOf(users: readonly number[], reads: Reads, padding = 0): Queries {
  const time = stepsOf(reads);
  const rows = users.map((user) => {
    const known = reads === 'user' ? [] : choicesOf(user, Math.max(1, time - (user % 3)));
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
  };
}

/** Steps of history; 1 for a model that reads user ids. */
export const stepsOf = (reads: Reads): number => (reads === 'user' ? 1 : reads.history);
