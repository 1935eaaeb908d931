import { canonicalJson, type OnProgress, RecsysError, shortHash } from '@footlight/core';
import { disposeParameters } from '@footlight/layers';
import {
  averageOverSeeds,
  combineSeeds,
  type ResultsFolder,
  type RunValues,
  type SeedResult,
  type StoredResult,
  toRunValues,
  toSeedResult,
  toStoredRun,
} from '@footlight/report';
import {
  describeProtocol,
  describeTraining,
  type Experiment,
  isLearned,
  type Outcome,
  runExperiment,
  saveArtifact,
  splitIntoFolds,
} from '@footlight/trainer';
import * as tf from '@tensorflow/tfjs';

export interface RowOptions {
  /** Runs, with the seeds `experiment.seed`, `experiment.seed + 1`, …; of a row with folds, runs of each fold. */
  readonly seeds: number;
  /** Go on from what an earlier run left unfinished. */
  readonly resume: boolean;
  /** Folder of the archives. */
  readonly directory?: string;
  /** Where the model of the first seed is kept. */
  readonly artifact?: string;
  /** What to type to get the same. */
  readonly command: string;
  readonly folder: ResultsFolder;
  readonly signal: AbortSignal;
  /** Called once per seed; what it returns is told how far that run is. */
  readonly onSeed: (seed: number, number: number, count: number) => OnProgress;
}

/** An experiment with what only rows have. */
export type Row = Experiment;

/**
 * Runs one experiment with several seeds and keeps the result. Until all are done, those that are stay in the folder of unfinished runs.
 *
 * @throws {RecsysError} whatever a run throws; results kept before are then untouched
 */
export async function runRow(row: string, experiment: Row, options: RowOptions): Promise<StoredResult> {
  const { folder, resume } = options;
  const folds = splitIntoFolds(experiment);
  const protocol = describeProtocol(experiment);
  const count = options.seeds * folds.length;
  const key = keyOf(experiment);
  const { runs, values } = resume ? await finished(row, key, folder) : { runs: [], values: [] };
  if (!resume) await folder.deleteUnfinished(row);
  const rankMetrics = experiment.metrics.filter(({ kind }) => kind === 'rank').map(({ name }) => name);
  for (let number = runs.length; number < count; number++) {
    const seed = experiment.seed + number;
    const outcome = await runSeed(
      row,
      { ...folds[number % folds.length]!, seed },
      options,
      options.onSeed(seed, number + 1, count),
    );
    if (number === 0 && options.artifact !== undefined) await keepArtifact(options.artifact, outcome, experiment);
    runs.push({ ...toSeedResult(outcome), protocol });
    values.push(toRunValues(outcome, rankMetrics));
    disposeParameters(outcome.recommender.predictor.parameters); // the next seed builds its own
    if (number + 1 < count) await folder.writeUnfinished(row, { key, runs, values });
  }
  const kept = keptResult(row, experiment, runs.slice(0, count) as [SeedResult, ...SeedResult[]], options.command);
  await folder.write(kept);
  const perUser = averageOverSeeds(kept, values.slice(0, count));
  if (perUser) await folder.writeValues(perUser);
  await folder.deleteUnfinished(row);
  return kept;
}

/** What has to agree for a run to be gone on from. */
function keyOf(experiment: Row): string {
  const { model } = experiment;
  const training = isLearned(experiment) ? describeTraining(experiment) : { name: model.name, ...model.protocol };
  const stages = isLearned(experiment) && experiment.twoStaged ? { stages: 2 } : {};
  return shortHash(
    canonicalJson({
      protocol: describeProtocol(experiment).hash,
      training,
      seed: experiment.seed,
      backend: tf.getBackend(),
      ...stages,
    }),
  );
}

async function finished(
  row: string,
  key: string,
  folder: ResultsFolder,
): Promise<{ runs: SeedResult[]; values: RunValues[] }> {
  const state = await folder.readUnfinished(row);
  if (state === undefined) return { runs: [], values: [] };
  if (state.key === key) return { runs: [...state.runs], values: [...state.values] };
  throw new RecsysError(
    'checkpoint-mismatch',
    `footlight run ${row}: expected unfinished seeds of this experiment, received those of another (its protocol, training, seed or backend differ). Run without --resume to start anew.`,
  );
}

function runSeed(
  row: string,
  experiment: Row,
  { folder, directory, resume, signal }: RowOptions,
  onProgress: OnProgress,
): Promise<Outcome> {
  const where = directory === undefined ? {} : { directory };
  const given = { ...where, checkpoint: folder.getCheckpointPath(row, experiment.seed), resume, signal, onProgress };
  return runExperiment(experiment, given);
}

/** Keeps a trained model with its protocol and what it reached. */
export async function keepArtifact(
  path: string,
  { recommender, protocol, metrics }: Outcome,
  { model }: Experiment,
): Promise<void> {
  const means = Object.fromEntries(Object.entries(metrics).map(([name, { mean }]) => [name, mean]));
  await saveArtifact(path, recommender, {
    model: { name: model.name, protocol: model.protocol },
    protocol,
    metrics: means,
  });
}

function keptResult(
  row: string,
  { note }: Experiment,
  runs: readonly [SeedResult, ...SeedResult[]],
  command: string,
): StoredResult {
  const [{ name, training, sizes, environment }] = runs;
  return {
    ...combineSeeds(row, runs),
    ...(note === undefined ? {} : { note }),
    name,
    command,
    date: new Date().toISOString(),
    ...(training ? { training } : {}),
    sizes,
    environment,
    runs: runs.map(toStoredRun),
  };
}
