import { leaveLastOut, movielens, uniformNegatives } from '@footlight/datasets';
import { bprLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { factorization, type Representation } from '@footlight/models';
import { defineExperiment, type LearnedExperiment } from '@footlight/trainer';

export const model: Representation = factorization({ dim: 8 });

/** What the page sends to the worker. */
export interface Input {
  readonly file: Blob;
  readonly epochs: number;
}

export function createExperiment({ file, epochs }: Input): LearnedExperiment {
  return defineExperiment({
    dataset: movielens('latest-small', { file, users: 30 }),
    split: leaveLastOut(),
    model,
    loss: bprLoss(),
    negatives: uniformNegatives({ count: 1 }),
    metrics: [mrr()],
    epochs,
    batchSize: 256,
    seed: 7,
  });
}
