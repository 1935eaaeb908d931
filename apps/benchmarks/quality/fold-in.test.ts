import { createRng, numpyRandom } from '@footlight/core';
import {
  type Dataset,
  type HeldOut,
  holdOutUsers,
  type Interactions,
  movielens,
  uniformNegatives,
} from '@footlight/datasets';
import { adam, useBackend } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { type FoldInOptions, factorization, ials, popularity } from '@footlight/models';
import { createPredictor, createScorerPredictor, evaluate, fit, type Predictor } from '@footlight/trainer';
import * as tf from '@tensorflow/tfjs';
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
  const everybody = join(splits.train, heldOut.history);
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
  table['trained on these histories'] = { all: await measure(await train(everybody, all.catalogue.userCount), heldOut) };
  return table;
}

describe.each([movielens('latest-small'), movielens('100k')].map((dataset) => [dataset.name, dataset] as const))(
  'fold-in on %s',
  (name, dataset) => {
    it('beats popularity', async () => {
      await useBackend();
      const table = await compare(dataset);
      process.stdout.write(`\n${name}, ${part} users, NDCG@10 by items of the history\n`);
      console.table(table);
      const { all: popular } = table['popularity']!;
      for (const length of ['5', '20', 'all']) expect(table['fold-in']![length]).toBeGreaterThan(popular!);
      const trained = table['trained on these histories']!['all']!;
      expect(table['fold-in']!['all']).toBeGreaterThan(0.9 * trained);
    });
  },
);
