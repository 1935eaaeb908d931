import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { ndcg, recall } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { createPredictor, evaluate } from '@footlight/trainer';
import type { Contest } from '../contest.js';
import { fileOf } from './movielens-1m.js';

const [userCount, itemCount, dim] = [10_000, 20_108, 128];

/** Some items of each user, drawn. */
function drawn(perUser: number, seed: string): Interactions {
  const rng = createRng(seed);
  const ids = (count: number) => Int32Array.from({ length: count }, (_, id) => id);
  return {
    catalogue: { userCount, itemCount, userIds: ids(userCount), itemIds: ids(itemCount) },
    users: Int32Array.from({ length: userCount * perUser }, (_, row) => Math.floor(row / perUser)),
    items: Int32Array.from({ length: userCount * perUser }, () => Math.floor(rng.next() * itemCount)),
  };
}

/** Everybody's ranking of everything, as after an epoch of the Mult-VAE's protocol. */
export const ranking: Contest = {
  group: 'Rankings',
  name: '10,000 users × 20,108 items, dim 128, seen items left out, NDCG@100, Recall@20, Recall@50',
  per: 'ranking',
  bar: 0.7,
  async prepare() {
    const heldOut = { history: drawn(58, 'history'), targets: drawn(15, 'targets') };
    const network = factorization({ dim, biases: false }).build(heldOut.history.catalogue, createRng('model'));
    const sizes = {
      userCount,
      itemCount,
      dim,
      history: fileOf('history', heldOut.history.items),
      targets: fileOf('targets', heldOut.targets.items),
    };
    return {
      async ours() {
        const began = performance.now();
        await evaluate(createPredictor(network), heldOut, {
          metrics: [ndcg({ at: 100 }), recall({ at: 20 }), recall({ at: 50 })],
        });
        return (performance.now() - began) / 1000;
      },
      request: ['numpy-ranking', 'implicit-ranking'].map((work) => ({ work, ...sizes })),
    };
  },
};
