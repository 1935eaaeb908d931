import { createRng } from '@footlight/core';
import { uniformNegatives } from '@footlight/datasets';
import { adagrad, adam, type Optimizer, sgd } from '@footlight/engine';
import { adaptiveHingeLoss, bprLoss, type RankingLoss, sigmoidBprLoss, warpLoss } from '@footlight/losses';
import { factorization } from '@footlight/models';
import { fit } from '@footlight/trainer';
import type { Contest } from '../contest.js';
import { fileOf, ratings } from './movielens-1m.js';

const dim = 128;
const batchSize = 1024;

interface Configuration {
  readonly name: string;
  readonly loss: RankingLoss;
  readonly negatives: number;
  readonly optimizer: () => Optimizer;
  readonly bar: number;
  /** What `peers.py` calls the work. */
  readonly peer: string;
}

const dense = () => adam({ learningRate: 1e-2, rows: 'dense' });

/** Whole epochs of implicit factorization on MovieLens 1M through `fit`, with drawing and shuffling. */
export const factorizations: Contest[] = (
  [
    {
      name: 'BPR, dense Adam',
      loss: sigmoidBprLoss(),
      negatives: 1,
      optimizer: dense,
      bar: 1 / 2,
      peer: 'spotlight-factorization',
    },
    {
      name: 'adaptive hinge × 5, dense Adam',
      loss: adaptiveHingeLoss(),
      negatives: 5,
      optimizer: dense,
      bar: 1 / 4,
      peer: 'spotlight-factorization',
    },
    {
      name: 'BPR, lazy Adam',
      loss: bprLoss(),
      negatives: 1,
      optimizer: () => adam({ learningRate: 1e-3 }),
      bar: 1 / 4,
      peer: 'lightfm',
    },
    {
      name: 'BPR, Adagrad',
      loss: bprLoss(),
      negatives: 1,
      optimizer: () => adagrad({ learningRate: 0.05 }),
      bar: 1 / 4,
      peer: 'lightfm',
    },
    {
      name: 'WARP × 10, Adagrad',
      loss: warpLoss(),
      negatives: 10,
      optimizer: () => adagrad({ learningRate: 0.05 }),
      bar: 1 / 4,
      peer: 'lightfm',
    },
    {
      name: 'BPR, SGD',
      loss: bprLoss(),
      negatives: 1,
      optimizer: () => sgd({ learningRate: 0.05 * batchSize }),
      bar: 1,
      peer: 'implicit-bpr',
    },
  ] satisfies Configuration[]
).map(({ name, loss, negatives, optimizer, bar, peer }) => ({
  group: `Factorization, MovieLens 1M, dim ${dim}, batch ${batchSize}`,
  name,
  per: 'epoch',
  bar,
  async prepare() {
    const train = await ratings();
    const epochs = fit(factorization({ dim }).build(train.catalogue, createRng('model')), train, {
      loss,
      negatives: uniformNegatives({ count: negatives, reject: 'nothing' }),
      optimizer: optimizer(),
      epochs: Number.MAX_SAFE_INTEGER,
      batchSize,
      rng: createRng('fit'),
    });
    return {
      ours: async () => (await epochs.next()).value!.seconds,
      request: {
        work: peer,
        loss: loss.name,
        negatives,
        dim,
        batch: batchSize,
        userCount: train.catalogue.userCount,
        itemCount: train.catalogue.itemCount,
        users: fileOf('users', train.users),
        items: fileOf('items', train.items),
      },
    };
  },
}));
