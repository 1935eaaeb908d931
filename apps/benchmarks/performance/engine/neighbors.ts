import { createRng } from '@footlight/core';
import { gowalla, publishedSplit } from '@footlight/datasets';
import { ndcg, recall } from '@footlight/metrics';
import { itemKnn } from '@footlight/models';
import { createScorerPredictor, evaluate } from '@footlight/trainer';
import { type BenchmarkCase, measureAsync } from '../measure/benchmark-case.js';
import { writeNumbers } from './write-numbers.js';

const neighbors = 100;

/** Nearest neighbors of all items, then the ranking of all items for all users. */
export const neighborhoods: BenchmarkCase[] = [
  {
    group: 'Neighborhoods, Gowalla, 29,858 users × 40,981 items',
    name: `item-kNN, cosine, ${neighbors} neighbors, solved; then Recall@20 and NDCG@20`,
    unit: 'solution and ranking',
    maxRatio: 1 / 2,
    async prepare() {
      const rng = createRng('benchmarks');
      const { train, test } = publishedSplit().split(await gowalla().load({ rng }), rng);
      const { userCount, itemCount } = train.catalogue;
      return {
        run: () =>
          measureAsync(async () => {
            const scorer = itemKnn({ neighbors }).solve(train, createRng('model'));
            await evaluate(createScorerPredictor(scorer), test, { metrics: [recall({ at: 20 }), ndcg({ at: 20 })] });
          }),
        request: {
          work: 'item-knn',
          ...{ userCount, itemCount, neighbors },
          users: writeNumbers('gowalla-users', train.users),
          items: writeNumbers('gowalla-items', train.items),
          testUsers: writeNumbers('gowalla-test-users', test.targets.users),
          testItems: writeNumbers('gowalla-test-items', test.targets.items),
        },
      };
    },
  },
];
