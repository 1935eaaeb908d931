import { leaveLastOut, movielens, uniformNegatives } from '@footlight/datasets';
import { bprLoss, multinomialLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { ease, factorization, multVae, type Representation, sequenceLstm } from '@footlight/models';
import {
  defineExperiment,
  type Experiment,
  type Recommendation,
  type Recommender,
  runExperiment,
} from '@footlight/trainer';

export const model: Representation = factorization({ dim: 8 });

/** What training computed, as data. */
export interface TrainingResult {
  readonly backend: string;
  readonly losses: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly list: readonly Recommendation[];
}

/** What a page computed, as data. */
export interface PageResult extends TrainingResult {
  /** How the backend describes itself. */
  readonly reason: string;
  readonly listOfNode: readonly Recommendation[];
  /** How often a timer of the page ran while it trained. */
  readonly turns: number;
  /** Name of the error of a run that was aborted. */
  readonly aborted: string;
  readonly artifact: readonly number[];
  /** Results of the models of `more`, in order. */
  readonly more: readonly TrainingResult[];
}

const common = { split: leaveLastOut(), metrics: [mrr()], epochs: 2, seed: 7 };
const load = (archive: Blob) => movielens('latest-small', { file: archive, users: 30 });

export function describeTraining(archive: Blob): Experiment {
  const negatives = uniformNegatives({ count: 1 });
  return defineExperiment({
    ...common,
    dataset: load(archive),
    model,
    loss: bprLoss(),
    negatives,
    batchSize: 256,
  });
}

/** Models whose training uses other kernels: a recurrent layer, products with a catalogue, a closed form. */
export const more: readonly ((archive: Blob) => Experiment)[] = [
  (archive) =>
    defineExperiment({
      ...common,
      dataset: load(archive),
      model: sequenceLstm({ dim: 8, history: 20 }),
      loss: bprLoss(),
      negatives: uniformNegatives({ count: 1 }),
      batchSize: 8,
    }),
  (archive) =>
    defineExperiment({
      ...common,
      dataset: load(archive),
      model: multVae(),
      loss: multinomialLoss(),
      batchSize: 8,
    }),
  (archive) =>
    defineExperiment({
      split: common.split,
      metrics: common.metrics,
      seed: common.seed,
      dataset: load(archive),
      model: ease({ regularization: 20 }),
    }),
];

/** Trains a small factorization, or another model, on the archive of MovieLens latest-small. */
export async function train(
  archive: Blob,
  signal?: AbortSignal,
  describe: (archive: Blob) => Experiment = describeTraining,
): Promise<TrainingResult & { readonly recommender: Recommender }> {
  const { epochs, metrics, recommender, backend } = await runExperiment(describe(archive), { signal });
  return {
    backend,
    losses: epochs.map(({ loss }) => loss),
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, { mean }]) => [name, mean])),
    list: await recommender.recommend({ user: 1 }, 5),
    recommender,
  };
}

/** Trains the models of `more`. */
export async function trainMore(archive: Blob): Promise<TrainingResult[]> {
  const results: TrainingResult[] = [];
  for (const describe of more) {
    const { recommender: _, ...result } = await train(archive, undefined, describe);
    results.push(result);
  }
  return results;
}
