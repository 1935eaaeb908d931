import type { Interactions } from '@footlight/datasets';
import * as tf from '@tensorflow/tfjs';
import type { DataSummary, Queries, Scorer, Solver } from '../types.js';

/**
 * Scores every item by its number of training interactions, for everybody the same. The floor that every other model must beat.
 *
 * @example
 * popularity().solve(train, rng).score(queries) // [batch, item]
 */
export function popularity(): Solver {
  return {
    kind: 'solver',
    name: 'popularity',
    protocol: { name: 'popularity' },
    reads: 'user',
    solve: (train) => scorerOf(countsOf(train)),
    restore: ({ itemCount }: DataSummary) => scorerOf(new Float32Array(itemCount)),
  };
}

function countsOf({ items, catalogue }: Interactions): Float32Array {
  const counts = new Float32Array(catalogue.itemCount); // exact up to 2^24 interactions with one item
  for (const item of items) counts[item]!++;
  return counts;
}

function scorerOf(values: Float32Array): Scorer {
  const counts = tf.tidy(() => tf.variable(tf.tensor1d(values), false)); // [item]
  return {
    reads: 'user',
    parameters: { counts },
    score: ({ users }: Queries) => tf.tile(tf.reshape(counts, [1, values.length]), [users.shape[0], 1]),
  };
}
