import { describe, expect, it } from 'vitest';
import { createTablePredictor } from '../fixtures.js';
import { createRecommender } from './create-recommender.js';
import { known, tableRecommender as recommender, tablePredictor as scores } from './table-recommender.fixture.js';

describe('recommend to many users', () => {
  it('returns a list per user, in order, equal to those of one user at a time', async () => {
    const lists = await recommender.recommend({ users: ['101', 100, 101] }, 2, { exclude: [30] });
    const alone = (user: number) => recommender.recommend({ user }, 2, { exclude: [30] });
    expect(lists).toEqual([await alone(101), await alone(100), await alone(101)]);
  });

  it('reads users one batch at a time', async () => {
    let read = 0;
    async function* ids() {
      for (; ; read++) yield 100;
    }
    for await (const { user, recommendations } of recommender.recommendEach(ids(), 1)) {
      expect([user, recommendations.map(({ item }) => item)]).toEqual([100, [20]]);
      break;
    }
    expect(read).toBeLessThanOrEqual(1024);
  });

  it('reports unknown users', async () => {
    await expect(recommender.recommend({ users: [100, 7] }, 2)).rejects.toThrow(
      'recommend(user): expected a user id of the catalogue, received 7.',
    );
  });
});

describe('a model that cannot tell items apart', () => {
  const constant = createRecommender(
    {
      ...createTablePredictor([new Array(5).fill(1), new Array(5).fill(1)]),
      histories: recommender.predictor.histories,
    },
    known,
  );

  it('makes no arbitrary list', async () => {
    await expect(constant.recommend({ user: 100 }, 2)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend: expected a model that can rank items for user 100, received the same score for all 3 items. It has learned nothing from these items, or it ranks for no user: give more items, or try another model.]`,
    );
    await expect(constant.recommend({ users: [100] }, 2)).rejects.toThrow('the same score for all 3 items');
    for await (const { recommendations, refusal } of constant.recommendEach([100], 2))
      expect([recommendations, refusal]).toEqual([[], 'the same score for all 3 items']);
  });

  it('lists all items that are left, if they fit', async () => {
    expect((await constant.recommend({ user: 100 }, 3)).map(({ item }) => item)).toEqual([10, 20, 30]);
  });
});

describe('a user without interactions', () => {
  it('is scored like an empty history, or refused, since the model has learned nothing about the user', async () => {
    const ranked = async (user: number) => (await recommender.recommend({ user }, 2)).map(({ item }) => item);
    expect(await ranked(101)).toEqual([40, 30]); // not [9, 8, …] of another user
    await expect(createRecommender(scores, known).recommend({ user: 101 }, 2)).rejects.toThrow(
      'a user without interactions',
    );
  });
});

describe('predict for pairs', () => {
  it('returns what predict returns for each', async () => {
    const rater = createRecommender(recommender.predictor, known, {});
    const pairs = [
      [100, 30],
      ['101', 0],
      [100, 40],
    ] as const;
    const predicted: number[] = [];
    for await (const rating of rater.predictEach(pairs)) predicted.push(rating);
    expect(predicted).toEqual(await Promise.all(pairs.map(([user, item]) => rater.predict({ user }, item))));
    expect(rater.ratingRange).toEqual([1, 2]); // of the known interactions
    for await (const rating of rater.predictEach(pairs, { clip: true })) expect([1, 2]).toContain(rating);
    expect(await rater.predict({ user: 100 }, 30, { clip: true })).toBe(2);
    await expect(recommender.predictEach(pairs).next()).rejects.toThrow('predict: expected a model that predicts');
  });
});
