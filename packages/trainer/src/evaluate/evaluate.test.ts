// structure: one held-out part, from every side
import { createRng } from '@footlight/core';
import { ratingScale } from '@footlight/datasets';
import { coverage, mae, mrr, ndcg, recall, rmse, sampled } from '@footlight/metrics';
import { describe, expect, it } from 'vitest';
import { createInteractions, createTablePredictor } from '../fixtures.js';
import { evaluate } from './evaluate.js';

// Two users, five items. The history of user 0 is item 4, the target item 1; of user 1, item 0 and items 2 and 3.
const history = createInteractions(
  [
    [0, 4],
    [1, 0],
  ],
  3,
  5,
);
const targets = createInteractions(
  [
    [0, 1],
    [1, 2],
    [1, 3],
  ],
  3,
  5,
);
const heldOut = { history, targets };
const scores = createTablePredictor([
  [3, 2, 1, 0, 9],
  [9, 1, 5, 0, 4],
  [0, 0, 0, 0, 0],
]);

describe('evaluate', () => {
  it('ranks unseen items for the users who have targets', async () => {
    const { users, metrics } = await evaluate(scores, heldOut, {
      metrics: [ndcg({ at: 2 }), recall({ at: 2, outOf: 'relevant' })],
    });
    expect([...users]).toEqual([0, 1]);
    // User 0 without item 4: 0 1 2 3, item 1 second → 1/log2(3). User 1 without item 0: 2 4 1 3, item 2 first → 1 / (1
    // + 1/log2(3)).
    const second = 1 / Math.log2(3);
    expect(metrics['ndcg@2']!.values[0]).toBeCloseTo(second, 6);
    expect(metrics['ndcg@2']!.values[1]).toBeCloseTo(1 / (1 + second), 6);
    expect([...metrics['recall@2']!.values]).toEqual([1, 0.5]);
    expect(metrics['recall@2']).toMatchObject({ mean: 0.75, count: 2 });
    expect(metrics['recall@2']!.standardError).toBeCloseTo(0.25, 12); // √(0.125) / √2
  });

  it('clusters standard errors by the user of several queries', async () => {
    const perfect = createInteractions(
      [
        [0, 1],
        [1, 0],
        [2, 0],
      ],
      3,
      5,
    );
    const none = createInteractions([], 3, 5);
    const at1 = async (queryUsers?: Int32Array) => {
      const { metrics, ...rest } = await evaluate(
        scores,
        { history: none, targets: perfect, ...(queryUsers ? { queryUsers } : {}) },
        { metrics: [recall({ at: 1, ties: 'lower-id' }), mae()], seen: 'include' },
      );
      return { ...rest, recall: metrics['recall@1']!, mae: metrics['mae']! };
    };
    // Recalls 0, 1, 1 of mean 2/3: residuals −2/3, 1/3, 1/3. One user each: √(3/2 · 6/9) / 3 = 1/3.
    const alone = await at1();
    expect(alone.recall.standardError).toBeCloseTo(1 / 3, 12);
    expect(alone.queryUsers).toBeUndefined();
    // Queries 1 and 2 of one user: √(2/1 · (4/9 + 4/9)) / 3 = 4/9.
    const shared = await at1(Int32Array.of(7, 4, 4));
    expect(shared.recall.standardError).toBeCloseTo(4 / 9, 12);
    expect(shared.queryUsers).toEqual(Int32Array.of(7, 4, 4));
    expect(shared.recall.values).toEqual(alone.recall.values);
    // Errors |2 − 1|, |9 − 2|, |0 − 3| of mean 11/3: residuals −8/3, 10/3, −2/3.
    expect(alone.mae.standardError).toBeCloseTo(Math.sqrt((3 / 2) * (168 / 9)) / 3, 6);
    expect(shared.mae.standardError).toBeCloseTo(Math.sqrt(2 * (128 / 9)) / 3, 6);
  });

  it('clusters errors of ratings by user', async () => {
    // Errors of user 0: |2 − 1|; of user 1: |5 − 2|, |0 − 3|: mean 7/3, residuals −4/3 and 2/3 + 2/3.
    const { metrics } = await evaluate(scores, heldOut, { metrics: [mae()] });
    expect(metrics['mae']!.standardError).toBeCloseTo(Math.sqrt(2 * (2 * (16 / 9))) / 3, 6);
    expect(metrics['mae']!.count).toBe(3);
  });

  it('computes the same values for every batch size', async () => {
    const all = await evaluate(scores, heldOut, { metrics: [ndcg({ at: 2 })] });
    const one = await evaluate(scores, heldOut, { metrics: [ndcg({ at: 2 })], batchSize: 1 });
    expect(one).toEqual(all);
  });

  it('ranks seen items if the protocol includes them, and counts a seen target as missed otherwise', async () => {
    const again = { history: createInteractions([[0, 1]], 3, 5), targets: createInteractions([[0, 1]], 3, 5) };
    const at2 = async (seen: 'exclude' | 'include' | 'rank-last') =>
      (
        await evaluate(createTablePredictor([[1, 9, 0, 0, 0]]), again, {
          metrics: [recall({ at: 2, outOf: 'relevant' })],
          seen,
        })
      ).metrics['recall@2']!.mean;
    expect([await at2('include'), await at2('exclude'), await at2('rank-last')]).toEqual([1, 0, 0]);
  });

  describe('of a sampled metric', () => {
    const sampledMrr = sampled(mrr(), { count: 7 });
    const evaluateSampled = ({ batchSize, seed = 1 }: { batchSize?: number; seed?: number } = {}) =>
      evaluate(scores, heldOut, { metrics: [mrr(), sampledMrr], rng: createRng(seed), batchSize });

    it('comes near its expectation, beside the metric itself', async () => {
      // Draws are from all items. Item 1 of user 0 has 2 of 5 items above it; items 2 and 3 of user 1 have 1 and 4.
      // With p above, the mean of 1 / (1 + binomial(c, p)) is (1 − (1 − p)^(c + 1)) / ((c + 1) p).
      const expected = (p: number) => (1 - (1 - p) ** 8) / (8 * p);
      const means = [0, 0];
      for (let seed = 0; seed < 997; seed++) {
        const { values } = (await evaluateSampled({ seed })).metrics['mrr(sampled 7)']!;
        for (const user of [0, 1]) means[user]! += values[user]! / 997;
      }
      expect(means[0]).toBeCloseTo(expected(2 / 5), 1.7);
      expect(means[1]).toBeCloseTo((expected(1 / 5) + expected(4 / 5)) / 2, 1.7);
      expect((await evaluateSampled()).metrics['mrr']!.values[0]).toBe(1 / 2); // item 4 was seen
    });

    it('draws the same items for every batch size, and other items with another seed', async () => {
      expect(await evaluateSampled({ batchSize: 1 })).toEqual(await evaluateSampled());
      expect(await evaluateSampled({ seed: 2 })).not.toEqual(await evaluateSampled());
    });

    it("ranks the target first among equal scores with ties: 'best', and anywhere by default", async () => {
      const constant = createTablePredictor([new Array(5).fill(1), new Array(5).fill(1)]);
      const measure = async (metric: typeof sampledMrr) =>
        (await evaluate(constant, heldOut, { metrics: [metric], rng: createRng(1) })).metrics['mrr(sampled 7)']!.values;
      expect([...(await measure(sampled(mrr({ ties: 'best' }), { count: 7 })))]).toEqual([1, 1]);
      for (const value of await measure(sampledMrr)) {
        // (1 + 1/2 + … + 1/8) / 8 if no draw is the target itself, which is not above itself; 1 if all are
        expect(value).toBeGreaterThanOrEqual(0.3397);
        expect(value).toBeLessThan(1);
      }
    });

    it('reports what is missing, and scores that are NaN', async () => {
      await expect(evaluate(scores, heldOut, { metrics: [sampledMrr] })).rejects.toThrowErrorMatchingInlineSnapshot(
        `[RecsysError: evaluate(rng): expected random numbers for mrr(sampled 7), received none. Pass { rng }.]`,
      );
      const diverged = createTablePredictor([new Array(5).fill(Number.NaN), new Array(5).fill(0)]);
      await expect(
        evaluate(diverged, heldOut, { metrics: [sampledMrr], rng: createRng(1) }),
      ).rejects.toThrowErrorMatchingInlineSnapshot(
        `[RecsysError: evaluate: expected a number for every item, received NaN for item 1. Did the training diverge?]`,
      );
    });
  });

  it('gives a constant scorer the value of a random one', async () => {
    const constant = createTablePredictor([
      [1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1],
    ]);
    const { metrics } = await evaluate(
      constant,
      {
        history: createInteractions([], 2, 5),
        targets: createInteractions(
          [
            [0, 4],
            [1, 0],
          ],
          2,
          5,
        ),
      },
      { metrics: [recall({ at: 1, outOf: 'relevant' }), ndcg({ at: 1, ties: 'lower-id' })] },
    );
    expect([...metrics['recall@1']!.values]).toEqual([1 / 5, 1 / 5]);
    expect([...metrics['ndcg@1']!.values]).toEqual([0, 1]); // the lower id first
  });

  it('converts ratings back to the scale of the source, and can measure in the scale of the model', async () => {
    const scale = ratingScale({ from: [1, 5] });
    const rated = createInteractions([[0, 0]], 2, 5); // a rating of 1
    const { metrics } = await evaluate(
      createTablePredictor([[0.75, 0, 0, 0, 0]]),
      { history: rated, targets: rated },
      {
        metrics: [rmse(), rmse({ scale })],
        ratingScale: scale,
      },
    );
    // 0.75 is 4 stars: an error of 3, or of 0.75 of the range
    expect([metrics['rmse']!.mean, metrics['rmse(0..1)']!.mean]).toEqual([3, 0.75]);
  });

  it('predicts ratings of the held-out pairs', async () => {
    // Ratings of the rows are 1, 2, 3; scores of the pairs are 2, 5, 0 → errors 1, 3, −3.
    const { metrics } = await evaluate(scores, heldOut, { metrics: [rmse(), mae()] });
    expect(metrics['rmse']!.mean).toBeCloseTo(Math.sqrt(19 / 3), 6);
    expect(metrics['mae']!.mean).toBeCloseTo(7 / 3, 6);
  });

  it('passes all lists together to list metrics', async () => {
    // Lists of one: item 0 for user 0, item 2 for user 1 → 2 of 5 items.
    const { metrics } = await evaluate(scores, heldOut, { metrics: [coverage({ at: 1 })], train: history });
    expect(metrics['coverage@1']!.mean).toBeCloseTo(0.4, 12);
  });

  it('reports what is missing', async () => {
    await expect(
      evaluate(scores, { history, targets: createInteractions([], 3, 5) }, { metrics: [ndcg({ at: 2 })] }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: evaluate(heldOut): expected at least one user with targets, received none. Choose a split that leaves a test part.]`,
    );
    await expect(
      evaluate(scores, heldOut, { metrics: [coverage({ at: 1 })] }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: evaluate(train): expected training interactions for coverage@1, received none. Pass { train }.]`,
    );
    await expect(
      evaluate(
        createTablePredictor([
          [Number.NaN, 0, 0, 0, 0],
          [0, 0, 0, 0, 0],
        ]),
        heldOut,
        { metrics: [ndcg({ at: 2 })] },
      ),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankQuery(scores): expected a number for every item, received NaN for item 0. Did the training diverge?]`,
    );
  });
});
