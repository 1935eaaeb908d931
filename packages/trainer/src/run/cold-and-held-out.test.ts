import { atRandom, byTime, holdOutItems, holdOutUsers, leaveRandomOut, type Split } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { bprLoss, squaredLoss } from '@footlight/losses';
import { ndcg, rankQuery, rmse } from '@footlight/metrics';
import { factorization, ials, neuralCollaborativeFiltering, popularity, random } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { describeProtocol } from '../experiment/describe-protocol.js';
import { createDataset, createInteractions, createTwoTastes } from '../fixtures.js';
import { groupItemsByUser } from '../recommend/group-items-by-user.js';
import type { EvaluationSpec, Experiment } from '../types.js';
import { runExperiment } from './run-experiment.js';

const spec = { metrics: [ndcg({ at: 10 })], seed: 3 } as const;
const twoTastes = createDataset(createTwoTastes());
const heldOut: EvaluationSpec = {
  ...spec,
  dataset: twoTastes,
  split: holdOutUsers({ validation: 11, test: 13, targets: 0.3 }),
};
const learned = { loss: bprLoss(), epochs: 2 } as const;

/** The message of the error that a run ends with. */
const findMessage = (experiment: Experiment) =>
  runExperiment(experiment).then(
    () => undefined,
    ({ message }: Error) => message,
  );

describe('runExperiment with whole users held out', () => {
  it('folds in the histories for iALS, and beats popularity where tastes differ', async () => {
    const { metrics, values, users, recommender } = await runExperiment(
      defineExperiment({ ...heldOut, model: ials({ dim: 4 }) }),
    );
    const [counted, guessed] = [
      await runExperiment(defineExperiment({ ...heldOut, model: popularity() })),
      await runExperiment(defineExperiment({ ...heldOut, model: random() })),
    ];
    expect(metrics['ndcg@10']!.mean).toBeGreaterThan(1.2 * counted.metrics['ndcg@10']!.mean);
    expect(counted.metrics['ndcg@10']!.mean).toBeGreaterThan(guessed.metrics['ndcg@10']!.mean - 0.2);

    // The same values from the fold-in of the model, user by user
    const { test } = heldOut.split.split(createTwoTastes(), undefined as never);
    const [readHistory, readTargets] = [groupItemsByUser(test.history), groupItemsByUser(test.targets)];
    const { histories } = recommender.predictor;
    const expected = Array.from(users, (user) => {
      if (histories.refusal !== undefined) throw new Error(histories.refusal);
      const scores = tf.tidy(() => histories.score(readHistory(user)).dataSync() as Float32Array);
      const ranked = rankQuery({ scores, excluded: readHistory(user), relevant: readTargets(user) });
      return ndcg({ at: 10 }).measure(ranked);
    });
    expect([...values['ndcg@10']!]).toEqual(expected);
  });

  it('folds in the histories for a factorization, with validation', async () => {
    const run = await runExperiment(defineExperiment({ ...heldOut, ...learned, model: factorization({ dim: 4 }) }));
    expect(run.metrics['ndcg@10']!.count).toBe(13);
    expect(run.validation!['ndcg@10']!.count).toBe(11);
  });

  it('folds in ratings for a rating loss', async () => {
    const { metrics } = await runExperiment(
      defineExperiment({
        ...heldOut,
        metrics: [rmse()],
        model: factorization({ dim: 3, globalMean: true }),
        loss: squaredLoss(),
        epochs: 5,
      }),
    );
    expect(metrics['rmse']!.mean).toBeLessThan(3); // ratings from 1 to 5, deviation 1.4
  });

  it('refuses a model that cannot read histories, before it is trained', async () => {
    const model = neuralCollaborativeFiltering({ userDim: 3, itemDim: 3, hidden: [5] });
    expect(await findMessage(defineExperiment({ ...heldOut, ...learned, epochs: 1e6, model }))).toMatchInlineSnapshot(
      `"runExperiment(split): expected held-out users with training interactions, since neural collaborative filtering has no closed form for the vector of a new user, received user 108 without. Take a split within users, such as leaveLastOut(), or a model that reads histories."`,
    );
  });

  it('refuses a model of user ids if some held-out users have training interactions', async () => {
    const all = createTwoTastes();
    const some: Split = {
      name: 'some',
      protocol: {},
      split: () => ({ train: createInteractions([[0, 1]], 60, 34), test: { history: all, targets: all } }),
    };
    const experiment = { ...heldOut, ...learned, split: some, cold: 'include' as const };
    expect(
      await findMessage(defineExperiment({ ...experiment, model: factorization({ dim: 2 }) })),
    ).toMatchInlineSnapshot(
      `"runExperiment(split): expected held-out users with training interactions, since some have, received user 101 without. Take a split within users, such as leaveLastOut(), or a model that reads histories."`,
    );
    const validated: Split = {
      ...some,
      split: () => {
        const test = { history: all, targets: createInteractions([[0, 1]], 60, 34) };
        return { train: createInteractions([[0, 1]], 60, 34), validation: { history: all, targets: all }, test };
      },
    };
    expect(
      await findMessage(defineExperiment({ ...heldOut, split: validated, cold: 'include', model: ials({ dim: 2 }) })),
    ).toContain('user 101 without');
  });
});

// Nine users with 2 items each, without times; items from 10 on occur once.
const sparse = createInteractions(
  Array.from({ length: 18 }, (_, row) => [row % 9, row < 9 ? row % 2 : 10 + row] as const),
  9,
  34,
);

describe('runExperiment with targets that no model can know', () => {
  const run = (split: Split, more: Partial<EvaluationSpec> = {}, all = sparse) =>
    runExperiment(defineExperiment({ ...spec, dataset: createDataset(all), split, model: popularity(), ...more }));

  it('leaves them out, counted, for every model and metric alike', async () => {
    const { leftOut, sizes, metrics } = await run(atRandom({ test: 0.4 }));
    const { train, test } = atRandom({ test: 0.4 }).split(sparse, undefined as never);
    const known = { users: new Set(train.users), items: new Set(train.items) };
    const cold = [...test.targets.users.keys()].filter(
      (row) => !known.users.has(test.targets.users[row]!) || !known.items.has(test.targets.items[row]!),
    );
    expect(cold.length).toBeGreaterThan(0);
    expect(leftOut!.test.interactions).toBe(cold.length);
    expect(sizes.test).toBe(test.targets.users.length - cold.length);
    const other = await runExperiment(
      defineExperiment({
        ...spec,
        dataset: createDataset(sparse),
        split: atRandom({ test: 0.4 }),
        model: factorization({ dim: 2 }),
        ...learned,
      }),
    );
    expect([other.leftOut, other.metrics['ndcg@10']!.count]).toEqual([leftOut, metrics['ndcg@10']!.count]);
  });

  it('leaves them out of both parts of a split by time', async () => {
    // 20 rows in time: train has users 0 … 5 and items 0 … 5; later rows bring users and items of their own
    const pairs = Array.from({ length: 20 }, (_, row) =>
      row < 12
        ? ([row % 6, (row * 5) % 6] as const)
        : row % 2
          ? ([row, 1] as const)
          : ([row % 6, row % 4 ? row : 1] as const),
    );
    const { leftOut, sizes } = await run(byTime({ test: 0.2, validation: 0.2 }), {}, createInteractions(pairs, 20, 34));
    // rows 16 … 19: [4, 1], [17, 1], [0, 18], [19, 1]; rows 12 … 15: [0, 1], [13, 1], [2, 14], [15, 1]
    expect(leftOut).toEqual({
      test: { users: 2, items: 1, interactions: 3 },
      validation: { users: 2, items: 1, interactions: 3 },
    });
    expect(sizes.test).toBe(1);
  });

  it('evaluates them with cold: include, which is part of the protocol', async () => {
    const { leftOut, sizes, protocol } = await run(atRandom({ test: 0.4 }), { cold: 'include' });
    expect([leftOut, sizes.test, protocol.cold]).toEqual([undefined, 7, 'include']);
    expect(describeProtocol({ ...heldOut }).cold).toBe('exclude');
    expect(describeProtocol({ ...heldOut, cold: 'include' }).hash).not.toBe(describeProtocol(heldOut).hash);
    expect(() =>
      defineExperiment({ ...heldOut, model: popularity(), cold: 'no' as 'include' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(cold): expected 'exclude' or 'include', received no.]`,
    );
  });

  it('ranks items without training interactions among each other, which is part of the protocol', async () => {
    const split = holdOutItems({ test: 4 });
    const result = await run(split, { candidates: 'cold-items' });
    const { train, test } = split.split(sparse, undefined as never);
    const known = new Set(train.users);
    const kept = test.targets.users.filter((user) => known.has(user)).length;
    expect([result.sizes.test, result.protocol.candidates]).toEqual([kept, 'items without training interactions']);
    // popularity knows nothing of them: all candidates are tied
    const candidates = 34 - new Set(train.items).size;
    const expected = [...Array(10).keys()].reduce((sum, rank) => sum + 1 / Math.log2(rank + 2), 0) / candidates;
    expect(result.metrics['ndcg@10']!.mean).toBeCloseTo(expected);
    await expect(run(leaveRandomOut(), { candidates: 'cold-items' }, createTwoTastes())).rejects.toThrow(
      'Hold out whole items with holdOutItems().',
    );
    expect(() =>
      defineExperiment({ ...heldOut, model: popularity(), candidates: 'some' as 'cold-items' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(candidates): expected 'every-item' or 'cold-items', received some.]`,
    );
  });

  it('has nothing to leave out where every user and item is trained', async () => {
    const { timestamps: _, ...timeless } = createTwoTastes();
    const { leftOut, metrics } = await run(leaveRandomOut(), {}, timeless);
    expect([leftOut, metrics['ndcg@10']!.count]).toEqual([undefined, 60]);
  });
});
