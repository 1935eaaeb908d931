import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { ndcg, recall } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { createPredictor, evaluate } from '@footlight/trainer';
import type { BenchmarkCase } from '../measure/benchmark-case.js';
import { writeNumbers } from './write-numbers.js';

const [userCount, itemCount, dim] = [10_000, 20_108, 128];

/** Draws items for each user. */
function drawInteractions(perUser: number, seed: string): Interactions {
  const rng = createRng(seed);
  const ids = (count: number) => Int32Array.from({ length: count }, (_, id) => id);
  return {
    catalogue: { userCount, itemCount, userIds: ids(userCount), itemIds: ids(itemCount) },
    users: Int32Array.from({ length: userCount * perUser }, (_, row) => Math.floor(row / perUser)),
    items: Int32Array.from({ length: userCount * perUser }, () => Math.floor(rng.next() * itemCount)),
  };
}

/** Rankings of the whole catalogue for all users, as the protocol of the Mult-VAE needs after each epoch. */
export const ranking: BenchmarkCase = {
  group: 'Rankings',
  name: '10,000 users × 20,108 items, dim 128, seen items left out, NDCG@100, Recall@20, Recall@50',
  unit: 'ranking',
  maxRatio: 0.7,
  async prepare() {
    const heldOut = { history: drawInteractions(58, 'history'), targets: drawInteractions(15, 'targets') };
    const network = factorization({ dim, biases: false }).build(heldOut.history.catalogue, createRng('model'));
    const sizes = {
      userCount,
      itemCount,
      dim,
      history: writeNumbers('history', heldOut.history.items),
      targets: writeNumbers('targets', heldOut.targets.items),
    };
    return {
      async run() {
        const start = performance.now();
        await evaluate(createPredictor(network), heldOut, {
          metrics: [ndcg({ at: 100 }), recall({ at: 20 }), recall({ at: 50 })],
        });
        return { seconds: (performance.now() - start) / 1000 };
      },
      request: ['numpy-ranking', 'implicit-ranking'].map((work) => ({ work, ...sizes })),
    };
  },
};
