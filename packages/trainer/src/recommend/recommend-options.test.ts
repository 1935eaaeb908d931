import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { ease, factorization } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { createInteractions, createTwoTastes } from '../fixtures.js';
import { createRecommender } from './create-recommender.js';
import { createPredictor, createScorerPredictor } from './predictor.js';
import { known, tableRecommender as recommender, tablePredictor } from './table-recommender.fixture.js';
import type { RecommendOptions } from './types.js';

const newcomer = { history: [] }; // whose scores are 0, 1, 2, 3, 4
const list = async (options: RecommendOptions) =>
  (await recommender.recommend(newcomer, 5, options)).map(({ title }) => title.at(-1)).join('');

describe('recommend with diversity', () => {
  it('places items by maximal marginal relevance', async () => {
    // E (1, 1) first; then .1 · relevance − .9 · cosine: D (−1, 0) .075 + .636; C −.586, A −.636, B .025 − .667
    expect(await list({ diversity: 0.9 })).toBe('EDCAB');
    expect(await list({ diversity: 0 })).toBe('EDCBA');
  });

  it('refuses models without item vectors, and numbers outside of 0 to 1', async () => {
    const without = createRecommender(tablePredictor, known);
    await expect(without.recommend({ user: 100 }, 2, { diversity: 0.5 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(diversity): expected a model with item vectors, received one without. Leave the option out.]`,
    );
    await expect(list({ diversity: 1.5 })).rejects.toThrow('recommend(diversity): expected');
  });
});

describe('recommend with a popularity discount', () => {
  it('ranks by scores less the discount, and returns the scores of the model', async () => {
    // σ(0, 1, 2, 3, 4) = √2, which A and E lose: 4 − √2 = 2.586 is below the 3 of D
    const discounted = await recommender.recommend(newcomer, 5, { popularityDiscount: 1 });
    expect(discounted.map(({ title, score }) => `${title.at(-1)}${score}`)).toEqual(['D3', 'E4', 'C2', 'B1', 'A0']);
  });
});

describe('recommend with a filter', () => {
  const features = {
    names: ['genre=Comedy', 'genre=Drama', 'genre=War', 'year=1995', 'year=1996'],
    offsets: Int32Array.of(0, 2, 5, 7, 9, 10),
    ids: Int32Array.of(...[0, 3], ...[0, 1, 4], ...[1, 3], ...[2, 3], 3),
  };
  const filtered = createRecommender(recommender.predictor, {
    ...known,
    catalogue: { ...known.catalogue, itemFeatures: features },
  });
  const titles = async (filter: NonNullable<RecommendOptions['filter']>) =>
    (await filtered.recommend(newcomer, 5, { filter })).map(({ title }) => title.at(-1)).join('');

  it('lists items that have one of the values of each field', async () => {
    expect(await titles({ genre: 'Drama' })).toBe('CB');
    expect(await titles({ genre: ['Comedy', 'War'], year: 1995 })).toBe('DA');
    expect(await titles({})).toBe('EDCBA');
  });

  it('names the fields and values that there are', async () => {
    await expect(titles({ genre: 'Western' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(filter.genre): expected a value such as Comedy, Drama, War, received Western.]`,
    );
    await expect(titles({ studio: 'x' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(filter): expected a field of the items: genre, year, received studio.]`,
    );
    await expect(titles({ genre: [] })).rejects.toThrow('recommend(filter.genre): expected at least one value');
    await expect(list({ filter: { genre: 'War' } })).rejects.toThrow('expected a model whose data have item features');
  });
});

describe('recommend with explanations', () => {
  it('lists falls of the score, which sum to the score of a linear model', async () => {
    const train = createTwoTastes();
    const solved = createRecommender(
      createScorerPredictor(ease({ regularization: 5 }).solve(train, createRng(1))),
      train,
    );
    const [best] = await solved.recommend({ history: [0, 40, 120] }, 1, { explain: 3 });
    expect(best!.because!.map(({ contribution }) => contribution)).toEqual(
      best!.because!.map(({ contribution }) => contribution).sort((a, b) => b - a),
    );
    const sum = best!.because!.reduce((total, { contribution }) => total + contribution, 0);
    expect(sum).toBeCloseTo(best!.score, 4);
    const [short] = await solved.recommend({ history: [0, 40, 120] }, 1, { explain: 1 });
    expect(short!.because).toEqual(best!.because!.slice(0, 1));
  });

  it('compares item vectors for a model of user ids', async () => {
    const [best] = await recommender.recommend({ history: [40, 10] }, 1, { explain: 1 });
    expect(best).toMatchObject({ title: 'Item D', because: [{ item: 40, title: 'Item E' }] });
    expect(best!.because![0]!.contribution).toBeCloseTo(-Math.SQRT1_2, 6); // that of B is −.9988
    expect((await recommender.recommend(newcomer, 1, { explain: 2 }))[0]!.because).toEqual([]);
  });

  it('refuses models that neither read histories nor have item vectors', async () => {
    const without = createRecommender(tablePredictor, known);
    await expect(without.recommend({ user: 100 }, 2, { explain: 1 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(explain): expected a model that reads histories, or has item vectors, received one that does neither. Leave the option out.]`,
    );
  });
});

describe('recommendBatch', () => {
  it('answers each request as alone; an error is that of one request', async () => {
    const requests = [
      { query: { user: 100 }, count: 2 },
      { query: { user: 7 }, count: 2 },
      { query: { history: [40] }, count: 1, options: { exclude: [30] } },
      { query: { user: 100 }, count: 0 },
      { query: { history: [40], ratings: [3] }, count: 1 },
      { query: { user: 100 }, count: 1, options: { explain: 1 } },
    ];
    const outcomes = await recommender.recommendBatch(requests);
    for (const [at, { query, count, options }] of requests.entries()) {
      const { recommendations, error } = outcomes[at]!;
      if (error) await expect(recommender.recommend(query, count, options)).rejects.toEqual(error);
      else expect(await recommender.recommend(query, count, options)).toEqual(recommendations);
    }
    expect(outcomes.map(({ error }) => error?.message.split(':')[0] ?? 'list')).toEqual([
      'list',
      'recommend(user)',
      'list',
      'recommend(count)',
      'recommend(ratings)',
      'list',
    ]);
  });
});

describe('dispose', () => {
  it('frees the memory of the model', async () => {
    const train = createInteractions([[0, 1]], 2, 3);
    const { numTensors } = tf.memory();
    const learned = createRecommender(
      createPredictor(factorization({ dim: 5 }).build(train.catalogue, createRng(1))),
      train,
    );
    await learned.recommend({ user: 100 }, 1);
    learned.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
