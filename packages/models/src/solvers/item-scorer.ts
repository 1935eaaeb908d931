import { tf } from '@footlight/engine';
import type { Queries, Scorer } from '../types.js';

/** Creates a scorer with one score per item, the same for all users. */
export function createItemScorer(values: Float32Array): Scorer {
  const counts = tf.tidy(() => tf.variable(tf.tensor1d(values), false)); // [item]
  return {
    reads: 'user',
    scoresAnyUser: true,
    parameters: { counts },
    score: ({ users }: Queries) => tf.tile(tf.reshape(counts, [1, values.length]), [users.shape[0], 1]),
    histories: { score: () => tf.tidy(() => tf.clone(tf.reshape(counts, [1, values.length]))) },
  };
}
