import { createRng } from '@footlight/core';
import { uniformNegatives } from '@footlight/datasets';
import { adagrad, adam, type Optimizer, sgd } from '@footlight/engine';
import { adaptiveHingeLoss, bprLoss, type RankingLoss, sigmoidBprLoss, warpLoss } from '@footlight/losses';
import { factorization } from '@footlight/models';
import { fit } from '@footlight/trainer';
import type { BenchmarkCase } from '../measure/benchmark-case.js';
import { loadRatings } from './movielens-1m.js';
import { writeNumbers } from './write-numbers.js';

const dim = 128;
const batchSize = 1024;

interface Configuration {
  readonly name: string;
  readonly loss: RankingLoss;
  readonly negatives: number;
  readonly optimizer: () => Optimizer;
  readonly maxRatio: number;
  /** Name of the work in `peers/serve.py`. */
  readonly peer: string;
}

const denseAdam = () => adam({ learningRate: 1e-2, rows: 'dense' });

/** Epochs of implicit factorization on MovieLens 1M with `fit`, sampling and shuffling included. */
export const factorizations: BenchmarkCase[] = (
  [
    {
      name: 'BPR, dense Adam',
      loss: sigmoidBprLoss(),
      negatives: 1,
      optimizer: denseAdam,
      maxRatio: 1 / 2,
      peer: 'spotlight-factorization',
    },
    {
      name: 'adaptive hinge × 5, dense Adam',
      loss: adaptiveHingeLoss(),
      negatives: 5,
      optimizer: denseAdam,
      maxRatio: 1 / 4,
      peer: 'spotlight-factorization',
    },
    {
      name: 'BPR, lazy Adam',
      loss: bprLoss(),
      negatives: 1,
      optimizer: () => adam({ learningRate: 1e-3 }),
      maxRatio: 1 / 4,
      peer: 'lightfm',
    },
    {
      name: 'BPR, Adagrad',
      loss: bprLoss(),
      negatives: 1,
      optimizer: () => adagrad({ learningRate: 0.05 }),
      maxRatio: 1 / 4,
      peer: 'lightfm',
    },
    {
      name: 'WARP × 10, Adagrad',
      loss: warpLoss(),
      negatives: 10,
      optimizer: () => adagrad({ learningRate: 0.05 }),
      maxRatio: 1 / 4,
      peer: 'lightfm',
    },
    {
      name: 'BPR, SGD',
      loss: bprLoss(),
      negatives: 1,
      optimizer: () => sgd({ learningRate: 0.05 * batchSize }),
      maxRatio: 1,
      peer: 'implicit-bpr',
    },
  ] satisfies Configuration[]
).map(({ name, loss, negatives, optimizer, maxRatio, peer }) => ({
  group: `Factorization, MovieLens 1M, dim ${dim}, batch ${batchSize}`,
  name,
  unit: 'epoch',
  maxRatio,
  async prepare() {
    const train = await loadRatings();
    const epochs = fit(factorization({ dim }).build(train.catalogue, createRng('model')), train, {
      loss,
      negatives: uniformNegatives({ count: negatives, reject: 'nothing' }),
      optimizer: optimizer(),
      epochs: Number.MAX_SAFE_INTEGER,
      batchSize,
      rng: createRng('fit'),
    });
    return {
      run: async () => ({ seconds: (await epochs.next()).value!.seconds }),
      request: {
        work: peer,
        loss: loss.name,
        negatives,
        dim,
        batch: batchSize,
        userCount: train.catalogue.userCount,
        itemCount: train.catalogue.itemCount,
        users: writeNumbers('users', train.users),
        items: writeNumbers('items', train.items),
      },
    };
  },
}));
