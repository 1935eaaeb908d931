import { leaveLastOut, movielens, uniformNegatives } from '@footlight/datasets';
import { bprLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { factorization, type Representation } from '@footlight/models';
import {
  defineExperiment,
  type LearnedExperiment,
  type Recommendation,
  type Recommender,
  runExperiment,
} from '@footlight/trainer';

export const model: Representation = factorization({ dim: 8 });

/** What a page computed, as data. */
export interface PageResult {
  readonly backend: string;
  readonly losses: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly list: readonly Recommendation[];
  readonly listOfNode: readonly Recommendation[];
  /** How often a timer of the page ran while it trained. */
  readonly turns: number;
  /** Name of the error of a run that was aborted. */
  readonly aborted: string;
  readonly artifact: readonly number[];
}

export function describeTraining(archive: Blob): LearnedExperiment {
  return defineExperiment({
    dataset: movielens('latest-small', { file: archive, users: 30 }),
    split: leaveLastOut(),
    model,
    loss: bprLoss(),
    negatives: uniformNegatives({ count: 1 }),
    metrics: [mrr()],
    epochs: 2,
    batchSize: 256,
    seed: 7,
  });
}

/** Trains a small factorization on the archive of MovieLens latest-small. */
export async function train(
  archive: Blob,
  signal?: AbortSignal,
): Promise<Pick<PageResult, 'losses' | 'metrics' | 'list' | 'backend'> & { readonly recommender: Recommender }> {
  const { epochs, metrics, recommender, backend } = await runExperiment(describeTraining(archive), { signal });
  return {
    backend,
    losses: epochs.map(({ loss }) => loss),
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, { mean }]) => [name, mean])),
    list: await recommender.recommend({ user: 1 }, 5),
    recommender,
  };
}
