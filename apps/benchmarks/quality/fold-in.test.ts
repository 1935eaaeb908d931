import { createRng, numpyRandom } from '@footlight/core';
import {
  type Dataset,
  type HeldOut,
  holdOutUsers,
  type Interactions,
  movielens,
  uniformNegatives,
} from '@footlight/datasets';
import { adam, tf, useBackend } from '@footlight/engine';
import { bprLoss, squaredLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { type FoldInOptions, factorization, ials, popularity } from '@footlight/models';
import {
  createPredictor,
  createRecommender,
  createScorerPredictor,
  evaluate,
  fit,
  type Predictor,
  type Recommender,
} from '@footlight/trainer';
import { describe, expect, it } from 'vitest';

// Users that a model was not trained on: NDCG@10 of fold-in from their histories, beside popularity, and beside a model
// that was trained on these histories. FOLD_IN_PART=validation measures the users on whom the defaults were chosen.

const part = process.env['FOLD_IN_PART'] === 'validation' ? 'validation' : 'test';
const lengths = [1, 2, 5, 20, Infinity];
const training = { dim: 32, negatives: uniformNegatives({ count: 2, reject: 'seen' }), epochs: 8, batchSize: 512 };

async function train(data: Interactions, userCount: number, foldIn?: FoldInOptions): Promise<Predictor> {
  const { dim, ...options } = training;
  const model = factorization({ dim, ...(foldIn && { foldIn }) });
  const network = model.build({ ...data.catalogue, userCount }, createRng(42));
  const optimizer = adam({ learningRate: 0.01, l2: 1e-5 });
  for await (const _ of fit(network, data, { ...options, optimizer, loss: bprLoss(), rng: createRng(7) }));
  return createPredictor(network);
}

/** A predictor that folds in `length` items of each history, drawn at random. */
function foldInHistories({ histories, parameters }: Predictor, length: number): Predictor {
  if (histories.refusal !== undefined) throw new Error(histories.refusal);
  const score: Predictor['score'] = ({ history, mask }) => {
    const [rows, real] = [history.arraySync(), mask.arraySync()];
    return tf.concat(
      rows.map((row, at) => {
        const items = row.filter((_, step) => real[at]![step] === 1);
        const chosen = numpyRandom(items.length).permutation(items.length).slice(0, length);
        return histories.score(Int32Array.from(chosen, (step) => items[step]!));
      }),
    ) as tf.Tensor2D;
  };
  const scoreCandidates = () => {
    throw new Error('not needed');
  };
  return { reads: { history: 3000 }, parameters, histories, score, scoreCandidates };
}

function join(one: Interactions, other: Interactions): Interactions {
  return {
    catalogue: one.catalogue,
    users: Int32Array.of(...one.users, ...other.users),
    items: Int32Array.of(...one.items, ...other.items),
    ratings: Float32Array.of(...one.ratings!, ...other.ratings!),
  };
}

async function measure(predictor: Predictor, heldOut: HeldOut): Promise<number> {
  const { metrics } = await evaluate(predictor, heldOut, { metrics: [ndcg({ at: 10 })] });
  return Number(metrics['ndcg@10']!.mean.toFixed(4));
}

async function compare(dataset: Dataset): Promise<Record<string, Record<string, number>>> {
  const all = await dataset.load({ rng: createRng(1) });
  const splits = holdOutUsers({ validation: 0.15, test: 0.15 }).split(all, createRng(2));
  const heldOut = splits[part]!;
  const userCount = new Set(splits.train.users).size; // they have the lowest numbers
  const withHistories = join(splits.train, heldOut.history);
  const folded: Readonly<Record<string, Predictor>> = {
    'fold-in': await train(splits.train, userCount),
    'fold-in with α = 40, ρ = 0.1, κ = 0': await train(splits.train, userCount, {
      confidence: 40,
      regularization: 0.1,
      shrinkage: 0,
    }),
    ials: createScorerPredictor(ials({ dim: 32 }).solve(splits.train, createRng(3))),
  };
  const table: Record<string, Record<string, number>> = {};
  for (const [name, predictor] of Object.entries(folded)) {
    table[name] = {};
    for (const length of lengths)
      table[name][length === Infinity ? 'all' : length] = await measure(foldInHistories(predictor, length), heldOut);
  }
  const counted = createScorerPredictor(popularity().solve(splits.train, createRng(3)));
  table['popularity'] = { all: await measure(counted, heldOut) };
  table['trained on these histories'] = {
    all: await measure(await train(withHistories, all.catalogue.userCount), heldOut),
  };
  return table;
}

/** RMSE of the held-out ratings: folded in, trained on the histories, and with the mean of the training ratings. */
async function compareRatings(dataset: Dataset): Promise<Record<'folded' | 'trained' | 'mean', number>> {
  const all = await dataset.load({ rng: createRng(1) });
  const splits = holdOutUsers({ validation: 0.15, test: 0.15 }).split(all, createRng(2));
  const { history, targets } = splits[part]!;
  const learn = async (data: Interactions, userCount: number): Promise<Recommender> => {
    const ratingMean = average(data.ratings!);
    const network = factorization({ dim: 64, globalMean: true }).build(
      { ...data.catalogue, userCount, ratingMean },
      createRng(42),
    );
    // the defaults of `footlight run --loss squared`
    const options = { loss: squaredLoss(), epochs: 20, batchSize: 256, rng: createRng(7) };
    for await (const _ of fit(network, data, { ...options, optimizer: adam({ learningRate: 0.003, l2: 1e-3 }) }));
    return createRecommender(createPredictor(network), data, { loss: squaredLoss() });
  };
  const folding = await learn(splits.train, new Set(splits.train.users).size);
  const trained = await learn(join(splits.train, history), all.catalogue.userCount);
  const { userIds, itemIds } = splits.train.catalogue;
  const errors: Record<'folded' | 'trained' | 'mean', number[]> = { folded: [], trained: [], mean: [] };
  const mean = average(splits.train.ratings!);
  for (const user of new Set(targets.users)) {
    const rows = [...history.users.keys()].filter((row) => history.users[row] === user);
    const query = {
      history: rows.map((row) => itemIds[history.items[row]!]!),
      ratings: rows.map((row) => history.ratings![row]!),
    };
    const lists = {
      folded: await folding.recommend(query, itemIds.length, { repeat: true }),
      trained: await trained.recommend({ user: userIds[user]! }, itemIds.length, { repeat: true }),
    };
    for (const row of targets.users.keys()) {
      if (targets.users[row] !== user) continue;
      const [item, rating] = [itemIds[targets.items[row]!]!, targets.ratings![row]!];
      for (const name of ['folded', 'trained'] as const)
        errors[name].push(lists[name].find((each) => each.item === item)!.rating! - rating);
      errors.mean.push(mean - rating);
    }
  }
  const toRmse = (values: readonly number[]) => Math.sqrt(average(values.map((value) => value ** 2)));
  return { folded: toRmse(errors.folded), trained: toRmse(errors.trained), mean: toRmse(errors.mean) };
}

const average = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe.each([movielens('latest-small'), movielens('100k')].map((dataset) => [dataset.name, dataset] as const))(
  'fold-in on %s',
  (name, dataset) => {
    it('beats popularity', async () => {
      await useBackend();
      const table = await compare(dataset);
      process.stdout.write(`\n${name}, ${part} users, NDCG@10 by items of the history\n`);
      console.table(table);
      const { all: popular } = table['popularity']!;
      for (const length of ['1', '2', '5', '20', 'all']) expect(table['fold-in']![length]).toBeGreaterThan(popular!);
      const trained = table['trained on these histories']!['all']!;
      expect(table['fold-in']!['all']).toBeGreaterThan(0.9 * trained);
    });

    it('predicts ratings in their scale, nearly as well as for trained users', async () => {
      await useBackend();
      const rmse = await compareRatings(dataset);
      process.stdout.write(`\n${name}, ${part} users, RMSE\n`);
      console.table(rmse);
      expect(rmse.folded).toBeLessThan(0.9 * rmse.mean);
      expect(rmse.folded).toBeLessThan(1.05 * rmse.trained);
    });
  },
);
