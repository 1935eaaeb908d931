import { RecsysError } from '@footlight/core';
import { tf } from '@footlight/engine';
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
  createModelCard,
  describeProtocol,
  describeStart,
  type Experiment,
  type ModelCardOptions,
  type Outcome,
  type Recommender,
  type Report,
  type RunOptions,
  readFingerprints,
  runExperiment,
  saveArtifact,
  saveModelCard,
  splitIntoFolds,
} from '@footlight/trainer';
import { hashExperiment } from './hash-experiment.js';

export interface StoreOptions {
  /** Runs, with the seeds `experiment.seed`, `experiment.seed + 1`, …; of a cross-validation, runs of each fold. */
  readonly seeds: number;
  /** Continue an earlier run that did not finish. */
  readonly resume: boolean;
  /** Folder of the archives. */
  readonly directory?: string;
  /** File of the model that training starts from. */
  readonly from?: string;
  /** File that the state of the run stays in. Default: one that is deleted when the run is complete. */
  readonly checkpoint?: string;
  /** File that the model of the first seed is written to. */
  readonly artifact?: string;
  /** What the card beside that file says; none is written without. */
  readonly card?: ModelCardOptions | undefined;
  /** Called with the model that was written. */
  readonly onSaved?: (recommender: Recommender) => Promise<void>;
  /** Command that runs the same again. */
  readonly command: string;
  readonly folder: ResultsFolder;
  readonly signal: AbortSignal;
  /** Called when the data of a seed are loaded, with the archives that were read. */
  readonly onArchives?: (archives: NonNullable<Report['archives']>) => void;
  /** Called once per seed; returns what shows the progress of that run. */
  readonly onSeed: (seed: number, number: number, count: number) => RunProgress;
}

/** What is told how far a run is. */
export type RunProgress = Required<Pick<RunOptions, 'onProgress' | 'onEpoch'>> & Pick<RunOptions, 'onStart'>;

/**
 * Runs one experiment with several seeds and stores the result. Finished seeds stay in the folder of unfinished runs
 * until all are done.
 *
 * @throws {RecsysError} whatever a run throws; earlier results are then untouched
 */
export async function runAndStore(name: string, experiment: Experiment, options: StoreOptions): Promise<StoredResult> {
  const { folder, resume } = options;
  const folds = splitIntoFolds(experiment);
  const count = options.seeds * folds.length;
  const key = hashExperiment(experiment, { backend: tf.getBackend(), ...(await describeStart(options.from)) });
  const { runs, values } = resume ? await readFinishedSeeds(name, key, folder) : { runs: [], values: [] };
  if (!resume) await folder.deleteUnfinished(name);
  const rankMetrics = experiment.metrics.filter(({ kind }) => kind === 'rank').map(({ name }) => name);
  const finished = runs.length;
  // The model of a seed that is finished is not kept: its checkpoint has it.
  const missing = Array.from({ length: count }, (_, number) => number).slice(finished);
  for (const number of options.artifact !== undefined && finished > 0 ? [0, ...missing] : missing) {
    const seed = experiment.seed + number;
    const outcome = await runSeed(name, { ...folds[number % folds.length]!, seed }, options, {
      ...options.onSeed(seed, number + 1, count),
      onData: createDataCheck(name, experiment, runs[0], options.onArchives),
    });
    if (number === 0 && options.artifact !== undefined) {
      await saveModel(options.artifact, outcome, experiment, options.card);
      await options.onSaved?.(outcome.recommender);
    }
    if (number < finished) {
      disposeParameters(outcome.recommender.predictor.parameters);
      continue;
    }
    const protocol = describeProtocol(experiment, readFingerprints(outcome.protocol)); // that of all folds
    runs.push({ ...toSeedResult(outcome), protocol });
    values.push(toRunValues(outcome, rankMetrics));
    disposeParameters(outcome.recommender.predictor.parameters); // the next seed builds its own
    if (number + 1 < count) await folder.writeUnfinished(name, { key, runs, values });
  }
  const kept = createResult(name, experiment, runs.slice(0, count) as [SeedResult, ...SeedResult[]], options.command);
  await folder.writeWithValues(kept, averageOverSeeds(kept, values.slice(0, count)));
  await folder.deleteUnfinished(name);
  return kept;
}

interface FinishedSeeds {
  readonly runs: SeedResult[];
  readonly values: RunValues[];
}

async function readFinishedSeeds(name: string, key: string, folder: ResultsFolder): Promise<FinishedSeeds> {
  const state = await folder.readUnfinished(name);
  if (state === undefined) return startUnlessOthers(name, folder);
  if (state.key === key) return { runs: [...state.runs], values: [...state.values] };
  throw new RecsysError(
    'checkpoint-mismatch',
    `footlight run ${name}: expected unfinished seeds of this experiment, received those of another ` +
      '(its protocol, training, seed or backend differ). Run without --resume to start again.',
  );
}

/** An own experiment with other options has another hash at the end of its name. */
async function startUnlessOthers(name: string, folder: ResultsFolder): Promise<FinishedSeeds> {
  const unfinished = await folder.listUnfinished(name.replace(/-[0-9a-f]{8}$/, '-'));
  if (unfinished.length === 0 || unfinished.includes(name)) return { runs: [], values: [] };
  throw new RecsysError(
    'checkpoint-mismatch',
    `footlight run ${name}: expected an unfinished run with these options, received unfinished runs with others: ` +
      `${unfinished.join(', ')}. Run with the same options, or without --resume to start again.`,
  );
}

const fingerprintFields = ['fingerprint', 'orderFingerprint', 'catalogueFingerprint'] as const;

/** Seeds of one result have one data set, unless the source draws another one for each. */
function createDataCheck(
  name: string,
  { dataset }: Experiment,
  finished: SeedResult | undefined,
  onArchives: StoreOptions['onArchives'],
): NonNullable<RunOptions['onData']> {
  return (protocol, archives) => {
    onArchives?.(archives);
    if (dataset.drawn || finished === undefined) return;
    const [expected, received] = [finished.protocol, protocol].map(readFingerprints);
    const field = fingerprintFields.find((each) => expected![each] !== received![each]);
    if (field === undefined) return;
    throw new RecsysError(
      'checkpoint-mismatch',
      `footlight run ${name}: expected the data of the finished seeds (dataset.${field} ${expected![field]}), ` +
        `received others (${received![field]}). Restore the data, or run without --resume to start again.`,
    );
  };
}

function runSeed(
  name: string,
  experiment: Experiment,
  { folder, directory, from, checkpoint, resume, signal }: StoreOptions,
  callbacks: RunProgress & Pick<RunOptions, 'onData'>,
): Promise<Outcome> {
  const where = { ...(directory === undefined ? {} : { directory }), ...(from === undefined ? {} : { from }) };
  const path = checkpoint ?? folder.getCheckpointPath(name, experiment.seed);
  return runExperiment(experiment, { ...where, checkpoint: path, resume, signal, ...callbacks });
}

/** Writes a trained model to a file, with its protocol and metrics, and its card beside it. */
async function saveModel(
  path: string,
  outcome: Outcome,
  experiment: Experiment,
  card: ModelCardOptions | undefined,
): Promise<void> {
  const { recommender, protocol, metrics } = outcome;
  const { model } = experiment;
  const means = Object.fromEntries(Object.entries(metrics).map(([name, { mean }]) => [name, mean]));
  const described = { name: model.name, protocol: model.protocol };
  await saveArtifact(path, recommender, { model: described, protocol, metrics: means });
  if (card) await saveModelCard(path, await createModelCard(path, experiment, outcome, card));
}

function createResult(
  name: string,
  { note }: Experiment,
  runs: readonly [SeedResult, ...SeedResult[]],
  command: string,
): StoredResult {
  const [{ name: components, training, sizes, environment }] = runs;
  return {
    ...combineSeeds(name, runs),
    ...(note === undefined ? {} : { note }),
    name: components,
    command,
    date: new Date().toISOString(),
    ...(training ? { training } : {}),
    sizes,
    environment,
    runs: runs.map(toStoredRun),
  };
}
