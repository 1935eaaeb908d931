import { createRng } from '@footlight/core';
import { type Interactions, uniformNegatives } from '@footlight/datasets';
import { adagrad, adam, type Optimizer, sgd } from '@footlight/engine';
import { adaptiveHingeLoss, bprLoss, type RankingLoss, sigmoidBprLoss, warpLoss } from '@footlight/losses';
import { factorization } from '@footlight/models';
import { type FitEpoch, fit } from '@footlight/trainer';

// It runs in Node and in browsers.

export const dim = 128;
export const batchSize = 1024;

/** How a factorization is trained. */
export interface Configuration {
  readonly name: string;
  readonly loss: RankingLoss;
  readonly negatives: number;
  readonly optimizer: () => Optimizer;
  /** Target: the largest ratio of the time of the addon to that of the fastest peer. */
  readonly maxRatio: number;
  /** Name of the work in `peers/serve.py`. */
  readonly peer: string;
}

const denseAdam = () => adam({ learningRate: 1e-2, rows: 'dense' });

export const configurations: readonly Configuration[] = [
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
];

/** Trains without end. Epochs include sampling and shuffling. */
export function startEpochs(
  { loss, negatives, optimizer }: Configuration,
  train: Interactions,
): AsyncGenerator<FitEpoch> {
  return fit(factorization({ dim }).build(train.catalogue, createRng('model')), train, {
    loss,
    negatives: uniformNegatives({ count: negatives, reject: 'nothing' }),
    optimizer: optimizer(),
    epochs: Number.MAX_SAFE_INTEGER,
    batchSize,
    rng: createRng('fit'),
  });
}
