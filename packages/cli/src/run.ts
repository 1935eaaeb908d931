import { RecsysError } from '@footlight/core';
import { useBackend } from '@footlight/engine';
import {
  assertKnownExperiments,
  assertPublishedReached,
  type ExperimentResult,
  formatResultTables,
  groupByProtocol,
  openResultsFolder,
  type StoredResult,
} from '@footlight/report';
import type { Experiment } from '@footlight/trainer';
import * as tf from '@tensorflow/tfjs';
import { Interruption } from './exit-codes.js';
import { experimentOf, rowNames } from './experiments.js';
import { type OwnTable, ownExperiment, rowOf } from './own-table.js';
import { progressBar } from './progress-bar.js';
import { runRow } from './run-and-store.js';

export interface RunCommandOptions extends Omit<OwnTable, 'table'> {
  readonly table?: string;
  readonly seeds: number;
  readonly backend?: string;
  readonly data?: string;
  readonly resume?: true;
  readonly json?: true;
  readonly check?: true;
  readonly save?: string;
  readonly results: string;
  /** Names of the options that were typed. */
  readonly given: readonly string[];
}

/** What `footlight run` does. Results go to stdout, everything else to stderr. */
export async function runCommand(
  rows: readonly string[],
  options: RunCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  const experiments = await experimentsOf(rows, options);
  await useBackend(options.backend);
  const results: StoredResult[] = [];
  for (const [row, experiment] of experiments) {
    const result = await runShown(row, experiment, options, signal);
    if (options.json) process.stdout.write(`${JSON.stringify(publicPart(result))}\n`);
    results.push(result);
  }
  if (!options.json) process.stdout.write(`${formatResultTables(groupByProtocol(results))}\n`);
  if (options.save !== undefined && !options.json)
    process.stderr.write(`\nSaved. Ask it: pnpm footlight recommend ${options.save} --history "…"\n`);
  if (options.check) assertPublishedReached(results);
}

/** All are looked up before the first is run. */
async function experimentsOf(rows: readonly string[], options: RunCommandOptions): Promise<[string, Experiment][]> {
  const { table, save } = options;
  if (table === undefined) {
    assertOnlyOptionsOfRows(options);
    assertOneSaved(rows, save);
    assertKnownExperiments(rows, rowNames());
    return Promise.all(rows.map(async (row): Promise<[string, Experiment]> => [row, await experimentOf(row)]));
  }
  if (rows.length > 0) usage('run', `either rows or --table, received ${rows.join(' ')} and --table ${table}`);
  const own = { ...options, table };
  return [[rowOf(own), ownExperiment(own)]];
}

const ofTables = [
  'user',
  'item',
  'rating',
  'time',
  'times',
  'model',
  'loss',
  'split',
  'kCore',
  'epochs',
  'dim',
  'batchSize',
  'learningRate',
  'negatives',
  'seed',
];

/** A row says all of that itself; to pass over an option in silence would give a number of something else. */
function assertOnlyOptionsOfRows({ given }: RunCommandOptions): void {
  const stray = given.find((name) => ofTables.includes(name));
  if (stray !== undefined)
    usage('run', `--table along with --${kebab(stray)}, received none. Rows choose their own parts`);
}

function assertOneSaved(rows: readonly string[], save: string | undefined): void {
  if (rows.length === 0)
    usage('run', 'the names of rows, or --table with a file of yours, received neither. See `footlight list`');
  if (save !== undefined && rows.length > 1) usage('run --save', `one row, received ${rows.length}`);
}

function usage(where: string, complaint: string): never {
  throw new RecsysError('invalid-argument', `footlight ${where}: expected ${complaint}.`);
}

async function runShown(
  row: string,
  experiment: Experiment,
  options: RunCommandOptions,
  signal: AbortSignal,
): Promise<StoredResult> {
  const { seeds, resume = false, data, save, results } = options;
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    return await runRow(row, experiment, {
      seeds,
      resume,
      ...(data === undefined ? {} : { directory: data }),
      ...(save === undefined ? {} : { artifact: save }),
      command: commandOf(row, options),
      folder: openResultsFolder(results),
      signal,
      onSeed(seed, number, count) {
        bar?.clear();
        bar = progressBar(count === 1 ? row : `${row} · seed ${seed} (${number} of ${count})`);
        return bar.show;
      },
    });
  } catch (error) {
    if (signal.aborted && signal.reason instanceof Interruption)
      throw new Interruption(signal.reason.exitCode, 'Go on with the same command and --resume.');
    throw error;
  } finally {
    bar?.clear();
  }
}

/** What to type to get the same, without what depends on the machine. */
function commandOf(row: string, options: RunCommandOptions): string {
  const common = ['--seeds', String(options.seeds), '--backend', tf.getBackend()];
  if (options.table === undefined) return ['footlight', 'run', row, ...common].join(' ');
  const values = options as unknown as Record<string, unknown>;
  const own = ['table', ...ofTables].flatMap((name) =>
    values[name] === undefined ? [] : [`--${kebab(name)}`, quoted(String(values[name]))],
  );
  return ['footlight', 'run', ...own, ...common].join(' ');
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function quoted(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What `--json` promises, and nothing else. */
function publicPart({
  experiment,
  protocol,
  metrics,
  published,
  seeds,
  backend,
  seconds,
}: ExperimentResult): ExperimentResult {
  return { experiment, protocol, metrics, published, seeds, backend, seconds };
}
