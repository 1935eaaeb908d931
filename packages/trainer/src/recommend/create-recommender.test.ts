import { ratingScale } from '@footlight/datasets';
import { poissonLoss } from '@footlight/losses';
import { describe, expect, it } from 'vitest';
import { createTablePredictor } from '../fixtures.js';
import { createRecommender } from './create-recommender.js';
import { known, tableRecommender as recommender, tablePredictor as scores } from './table-recommender.fixture.js';

describe('recommend', () => {
  it('returns the best unseen items with original ids and titles; equal scores go to the lower id', async () => {
    expect(await recommender.recommend({ user: 100 }, 3)).toEqual([
      { item: 20, title: 'Item C', score: 5 },
      { item: 30, title: 'Item D', score: 5 },
      { item: 10, title: 'Item B', score: 1 },
    ]);
  });

  it('leaves out excluded items, returns allowed items only, and repeats items only with repeat: true', async () => {
    const items = async (...options: Parameters<typeof recommender.recommend>) =>
      (await recommender.recommend(...options)).map(({ item }) => item);
    expect(await items({ user: 100 }, 5, { exclude: [20] })).toEqual([30, 10]);
    expect(await items({ user: 100 }, 5, { allow: [10, 0] })).toEqual([10]);
    expect(await items({ user: 100 }, 2, { repeat: true })).toEqual([0, 40]);
    expect(await items({ user: '101' }, 1)).toEqual([40]);
  });

  it('recommends to an unknown user from a history, even an empty one', async () => {
    expect((await recommender.recommend({ history: [40, 10] }, 2)).map(({ item }) => item)).toEqual([30, 20]);
    expect((await recommender.recommend({ history: [] }, 1)).map(({ item }) => item)).toEqual([40]);
  });

  it('reports unknown ids and missing abilities', async () => {
    await expect(recommender.recommend({ user: 7 }, 3)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(user): expected a user id of the catalogue, received 7. Ids are those of the source.]`,
    );
    await expect(recommender.recommend({ history: [11] }, 3)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(item): expected an item id of the catalogue, received 11. Ids are those of the source.]`,
    );
    await expect(recommender.recommend({ user: 100 }, 0)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(count): expected a positive integer, received 0.]`,
    );
    await expect(
      createRecommender(scores, known).recommend({ history: [0] }, 3),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(history): expected a user of the training data, since a table has a row per user, received a history. Name a user of the training data instead.]`,
    );
    await expect(createRecommender(scores, known).similarItems(0, 3)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: similarItems: expected a model with item vectors, received one without. Try factorization.]`,
    );
  });
});

describe('similarItems', () => {
  it('orders items by cosine, whatever their length, without the item itself', async () => {
    const similar = await recommender.similarItems(0, 2);
    expect(similar.map(({ title }) => title)).toEqual(['Item B', 'Item E']);
    expect(similar[0]!.score).toBeCloseTo(2 / Math.hypot(2, 0.1), 6);
    expect(similar[1]!.score).toBeCloseTo(Math.SQRT1_2, 6);
  });
});

describe('getHistory', () => {
  it('returns the items of a user, oldest first', () => expect(recommender.getHistory(100)).toEqual([0, 40]));
});

describe('predict', () => {
  const scored = createTablePredictor([
    [0, 0.5, 1, 1.25, 2],
    [1, 2, 3, 4, 5],
  ]);
  const scale = ratingScale({ from: [1, 5] });

  it('predicts ratings in the scale of the source', async () => {
    // 1 + 4 · 0.5; a prediction may lie outside: 1 + 4 · 1.25
    const rater = createRecommender(scored, known, { scale });
    expect([await rater.predict({ user: 100 }, 10), await rater.predict({ user: 100 }, 30)]).toEqual([3, 6]);
    expect((await rater.recommend({ user: 100 }, 1)).map(({ score, rating }) => [score, rating])).toEqual([[1.25, 6]]);
  });

  it('applies the link of the loss first', async () => {
    // 1 + 4 · e^0.5
    const rater = createRecommender(scored, known, { loss: poissonLoss(), scale });
    expect(await rater.predict({ user: 100 }, 10)).toBeCloseTo(1 + 4 * Math.exp(0.5), 5);
  });

  it('needs a model that predicts ratings, and a known item', async () => {
    await expect(
      createRecommender(scored, known).predict({ user: 100 }, 10),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: predict: expected a model that predicts ratings, received one that ranks items. Train with squaredLoss(), or call recommend().]`,
    );
    await expect(
      createRecommender(scored, known, {}).predict({ user: 100 }, 11),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(item): expected an item id of the catalogue, received 11. Ids are those of the source.]`,
    );
  });
});
