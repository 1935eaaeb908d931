import type { Interactions } from '@footlight/datasets';
import { allocateZeros, tf } from '@footlight/engine';
import type { Queries, Scorer, Solver } from '../types.js';

/**
 * Popularity: scores every item by its number of training interactions, the same for all users. The baseline of every
 * model.
 *
 * $$ s_{ui} = n_i $$
 *
 * where $n_i$ is the number of training interactions with item i.
 *
 * @example
 * popularity().solve(train, rng).score(queries) // [batch, item]
 * @source ours
 */
export function popularity(): Solver {
  return {
    kind: 'solver',
    name: 'popularity',
    protocol: { name: 'popularity' },
    reads: 'user',
    solve: (train) => createScorer(countItems(train)),
    restore: ({ itemCount }) => createScorer(allocateZeros(itemCount)),
  };
}

function countItems({ items, catalogue }: Interactions): Float32Array {
  const counts = new Float32Array(catalogue.itemCount); // exact up to 2^24 interactions with one item
  for (const item of items) counts[item]!++;
  return counts;
}

function createScorer(values: Float32Array): Scorer {
  const counts = tf.tidy(() => tf.variable(tf.tensor1d(values), false)); // [item]
  return {
    reads: 'user',
    scoresAnyUser: true,
    parameters: { counts },
    score: ({ users }: Queries) => tf.tile(tf.reshape(counts, [1, values.length]), [users.shape[0], 1]),
    histories: { score: () => tf.tidy(() => tf.clone(tf.reshape(counts, [1, values.length]))) },
  };
}
