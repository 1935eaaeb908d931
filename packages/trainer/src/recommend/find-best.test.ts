import { createRng } from '@footlight/core';
import { hasFusedRanking, tf } from '@footlight/engine';
import { describeOnBackends } from '@footlight/engine/testing';
import { factorization, type Queries, sequenceGru } from '@footlight/models';
import { expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { createRecommender } from './create-recommender.js';
import { createPredictor, type Predictor } from './predictor.js';
import type { Id, Recommender, RecommendRequest } from './types.js';

const [userCount, itemCount] = [61, 1103];
const rng = createRng(5);
const known = createInteractions(
  Array.from({ length: 7 * userCount }, (_, row) => [row % (userCount - 1), Math.floor(rng.next() * itemCount)]),
  userCount,
  itemCount,
);
const users: Id[] = [...known.catalogue.userIds];
const items: Id[] = [...known.catalogue.itemIds];

/** The same model once with its factors, and once without them, so that all scores are computed and sorted. */
function createBoth(model: ReturnType<typeof factorization> | ReturnType<typeof sequenceGru>): Recommender[] {
  const network = model.build(known.catalogue, createRng(7));
  const { products, ...rest } = createPredictor(network);
  expect(products).toBeDefined();
  return [createRecommender({ ...rest, products: products! }, known), createRecommender(rest, known)];
}

describeOnBackends('findBest', () => {
  const requests: RecommendRequest[] = [
    ...Array.from({ length: 20 }, (_, at) => ({ query: { user: users[at]! }, count: 1 + at })),
    { query: { user: users[3]! }, count: itemCount },
    { query: { user: users[4]! }, count: 5, options: { exclude: [items[1]!, items[1]!, items[9]!], repeat: true } },
    { query: { user: users[5]! }, count: 5, options: { exclude: items.slice(0, itemCount - 3) } },
    { query: { user: users[6]! }, count: 9, options: { diversity: 0.4 } },
    { query: { user: users[7]! }, count: 9, options: { allow: items.slice(40, 90) } },
    { query: { user: users[8]! }, count: 9, options: { popularityDiscount: 0.5 } },
    { query: { user: users[userCount - 1]! }, count: 3 }, // without interactions
    { query: { user: -1 }, count: 3 },
  ];

  it.each([
    ['a model of user ids', factorization({ dim: 13 })],
    ['a model of histories', sequenceGru({ dim: 13, history: 5 })],
  ] as const)('gives the lists of a sort of all scores, to the last digit: %s', async (_, model) => {
    const [own, sorted] = createBoth(model) as [Recommender, Recommender];
    const both = [await own.recommendBatch(requests), await sorted.recommendBatch(requests)];
    const [outcomes, expected] = both.map((list) => list.map((each) => each.error?.message ?? each.recommendations));
    if (hasFusedRanking()) expect(outcomes).toEqual(expected);
    else expect(outcomes).toHaveLength(requests.length);
    const each: unknown[] = [];
    for await (const { recommendations } of own.recommendEach(users.slice(0, userCount - 1), 4))
      each.push(recommendations);
    const all = await sorted.recommend({ users: users.slice(0, userCount - 1) }, 4);
    if (hasFusedRanking()) expect(each).toEqual(all);
  });

  it('refuses scores that are all equal, and scores that are no numbers, as a sort does', async () => {
    for (const [score, expected] of [
      [0, /the same score for all \d+ items/],
      [Number.NaN, /expected a number for every item, received NaN/],
    ] as const) {
      const predictor = createPredictor(factorization({ dim: 3 }).build(known.catalogue, createRng(7)));
      const products = {
        ...predictor.products!,
        vectors: ({ users: { size } }: Queries) => tf.fill([size, 3], score) as tf.Tensor2D,
        catalogue: () => ({ table: tf.ones([itemCount, 3]) as tf.Tensor2D }),
      };
      const same = { ...predictor, score: ({ users: { size } }: Queries) => tf.fill([size, itemCount], score) };
      const { products: _, ...without } = same as Predictor;
      const answers = [{ ...without, products }, without].map(async (each) => {
        const [outcome] = await createRecommender(each, known).recommendBatch([
          { query: { user: users[0]! }, count: 5 },
        ]);
        return outcome!.error?.message;
      });
      expect(await answers[0]).toMatch(expected);
      expect(await answers[0]).toBe(await answers[1]);
    }
  });
});
