import { uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { scaledEmbeddings } from '@footlight/layers';
import { bprLoss, multinomialLoss } from '@footlight/losses';
import { factorization, gfCf, lightGcn, multVae } from '@footlight/models';
import { annealed, stopEarly } from '@footlight/trainer';
import { type Evaluation, evaluations, publish } from './gowalla.js';

const stop = (evaluation: Evaluation, patience: number) =>
  evaluation === 'honest' ? { stopEarly: stopEarly({ metric: 'recall@20', patience }) } : {};

const normal = scaledEmbeddings({ deviation: 0.1 });
const oneUnseen = uniformNegatives({ count: 1, reject: 'seen' });

/** Matrix factorization with BPR, one unseen negative. */
export const createFactorization = (evaluation: Evaluation) =>
  ({
    ...evaluations[evaluation],
    ...stop(evaluation, 5),
    model: factorization({ dim: 64, biases: false, userEmbedding: normal, itemEmbedding: normal }),
    loss: bprLoss(),
    negatives: oneUnseen,
    optimizer: () => adam({ learningRate: 5e-3, l2: 1e-5 }),
    batchSize: 2048,
    epochs: 40,
    ...publish(0.1491, 0.1235),
    note: 'Options were set by hand; the search gowalla/mf-bpr looks for better ones.',
  }) as const;

/** Mult-VAE of the paper: 600 and 200 units, half of the basket dropped, β 0.2 after 20 epochs. */
export const createMultVae = (evaluation: Evaluation) =>
  ({
    ...evaluations[evaluation],
    ...stop(evaluation, 10),
    model: multVae({ dims: [600, 200] }),
    loss: multinomialLoss(),
    optimizer: () => adam({ learningRate: 1e-3, rows: 'dense' }),
    penalty: annealed({ cap: 0.2, epochs: 20 }),
    batchSize: 500,
    epochs: 60,
    ...publish(0.1641, 0.1335),
    note: 'The paper on LightGCN searched dropout and β; these are those of the paper on Mult-VAE.',
  }) as const;

/** GF-CF of the paper: 256 singular vectors, weight 0.3. */
export const createGfCf = (evaluation: Evaluation) =>
  ({ ...evaluations[evaluation], model: gfCf(), ...publish(0.1849, 0.1518) }) as const;

const lightGcnTraining = {
  model: lightGcn({ dim: 64, layers: 3, regularization: 1e-4 }),
  loss: bprLoss(),
  negatives: oneUnseen,
  batchSize: 2048,
  ...publish(0.183, 0.1554),
} as const;

/** LightGCN with the options of the authors' code: learning rate 0.001, 1,000 epochs. */
export const createLightGcn = () =>
  ({
    ...evaluations['as-published'],
    ...lightGcnTraining,
    optimizer: () => adam({ learningRate: 1e-3 }),
    epochs: 1000,
    note: 'The authors draw users evenly, then one of their items; here each interaction is drawn once per epoch.',
  }) as const;

/** LightGCN with a learning rate of 0.005, which needs fewer epochs. */
export const createFastLightGcn = (evaluation: Evaluation) =>
  ({
    ...evaluations[evaluation],
    ...stop(evaluation, 5),
    ...lightGcnTraining,
    optimizer: () => adam({ learningRate: 5e-3 }),
    epochs: 100,
    note: 'A learning rate five times as large as published, for 100 epochs at most instead of 1,000.',
  }) as const;
