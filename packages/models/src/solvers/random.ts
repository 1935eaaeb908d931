import { murmurhash3, murmurhash3Signed } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { DataSummary, Queries, Scorer, Solver } from '../types.js';

/**
 * Random scores: a hash of user, item and a seed, uniform from 0 to 1. The baseline without any knowledge.
 *
 * $$ s_{ui} = h(i, h(u, r)) / 2^{32} $$
 *
 * where h is murmurhash3 and r the seed. A score is the same in every batch.
 *
 * @example
 * random().solve(train, rng).score(queries) // [batch, item], from 0 to 1
 * @source ours
 */
export function random(): Solver {
  return {
    kind: 'solver',
    name: 'random',
    protocol: { name: 'random' },
    reads: 'user',
    solve: ({ catalogue }, rng) => createScorer(catalogue, rng.integer(2 ** 31)),
    restore: (data) => createScorer(data, 0),
  };
}

function createScorer({ itemCount }: DataSummary, drawnSeed: number): Scorer {
  const seed = tf.tidy(() => tf.variable(tf.tensor1d([drawnSeed], 'int32'), false)); // [1]; in artifacts
  return {
    reads: 'user',
    scoresAnyUser: true,
    parameters: { seed },
    histories: { refusal: 'random scores depend on the id of the user' },
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
