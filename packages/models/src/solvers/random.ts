import { murmurhash3, murmurhash3Signed } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import type { DataSummary, Queries, Scorer, Solver } from '../types.js';

/**
 * Scores drawn at random, the same for a user and an item whenever they are asked for. What knowing nothing is worth.
 *
 * A score is a hash of user, item and a seed, so it does not depend on who else is in the batch.
 *
 * @example
 * random().solve(train, rng).score(queries) // [batch, item], from 0 to 1
 */
export function random(): Solver {
  return {
    kind: 'solver',
    name: 'random',
    protocol: { name: 'random' },
    reads: 'user',
    solve: ({ catalogue }, rng) => scorerOf(catalogue, rng.integer(2 ** 31)),
    restore: (sizes) => scorerOf(sizes, 0),
  };
}

function scorerOf({ itemCount }: DataSummary, drawn: number): Scorer {
  const seed = tf.tidy(() => tf.variable(tf.tensor1d([drawn], 'int32'), false)); // [1]; a parameter, so that an artifact keeps it
  return {
    reads: 'user',
    parameters: { seed },
    score({ users }: Queries) {
      const ids = users.dataSync();
      const scores = new Float32Array(ids.length * itemCount);
      const start = seed.dataSync()[0]!;
      for (const [row, user] of ids.entries())
        fillRow(scores.subarray(row * itemCount, (row + 1) * itemCount), murmurhash3Signed(user, start));
      return tf.tensor2d(scores, [ids.length, itemCount]);
    },
  };
}

function fillRow(row: Float32Array, seed: number): void {
  for (let item = 0; item < row.length; item++) row[item] = murmurhash3(item, seed) / 2 ** 32;
}
