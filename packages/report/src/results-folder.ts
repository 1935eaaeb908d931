import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { RecsysError } from '@footlight/core';
import writeFileAtomic from 'write-file-atomic';
import { assertKnownExperiments } from './assert-known-experiments.js';
import type { QueryValues, RunValues } from './query-values.js';
import type { SeedResult, StoredResult } from './result.js';

/** Seeds of a experiment that are finished, while others are not. */
export interface UnfinishedRun {
  /** What the runs have in common; a state of another run is not gone on from. */
  readonly key: string;
  readonly runs: readonly SeedResult[];
  /** Values per user of each of the runs. */
  readonly values: readonly RunValues[];
}

/** The folder of the results: one file per experiment, and what is under way under `.unfinished`. */
export interface ResultsFolder {
  write(result: StoredResult): Promise<string>;
  /** Keeps the values per user beside the result. */
  writeValues(values: QueryValues): Promise<void>;
  /**
   * Values per user of a experiment that was run.
   *
   * @throws {RecsysError} `unknown-experiment` if there are none, or they are not of the result that is kept
   */
  readValues(experiment: string): Promise<QueryValues>;
  /** All results, or those of these experiments, in order of their names. */
  read(experiments?: readonly string[]): Promise<StoredResult[]>;
  /** File that training with this seed keeps its state in. */
  getCheckpointPath(experiment: string, seed: number): string;
  readUnfinished(experiment: string): Promise<UnfinishedRun | undefined>;
  writeUnfinished(experiment: string, state: UnfinishedRun): Promise<void>;
  /** Forgets what was under way. */
  deleteUnfinished(experiment: string): Promise<void>;
}

export function openResultsFolder(folder: string): ResultsFolder {
  const fileOf = (experiment: string): string => join(folder, `${experiment}.json`);
  const valuesFileOf = (experiment: string): string => join(folder, `${experiment}.values.json`);
  const unfinishedOf = (experiment: string): string => join(folder, '.unfinished', experiment);
  const stateOf = (experiment: string): string => join(unfinishedOf(experiment), 'finished-seeds.json');
  return {
    async write(result) {
      await writeJson(fileOf(result.experiment), result);
      return fileOf(result.experiment);
    },
    writeValues: (values) => writeJson(valuesFileOf(values.experiment), values),
    async readValues(experiment) {
      const path = valuesFileOf(experiment);
      if (!existsSync(path))
        throw new RecsysError(
          'unknown-experiment',
          `footlight: expected values per user of ${experiment}, received none. Run \`footlight run ${experiment}\` again.`,
        );
      const [values, kept] = await Promise.all([
        readJson<QueryValues>(path),
        readJson<StoredResult>(fileOf(experiment)),
      ]);
      if (values.protocol !== kept.protocol.hash || values.seeds.join() !== kept.seeds.join())
        throw new RecsysError(
          'unknown-experiment',
          `footlight: expected values per user of the kept run of ${experiment}, received those of another. Run it again.`,
        );
      return values;
    },
    async read(experiments) {
      const known = await listExperiments(folder);
      if (experiments) assertStored(experiments, known);
      const read = await Promise.all(
        (experiments ?? known).map((experiment) => readJson<StoredResult>(fileOf(experiment))),
      );
      return read.filter((result) => 'protocol' in result); // other things may be measured and kept beside the experiments
    },
    getCheckpointPath: (experiment, seed) => join(unfinishedOf(experiment), `seed-${seed}.checkpoint`),
    readUnfinished: async (experiment) =>
      existsSync(stateOf(experiment)) ? readJson<UnfinishedRun>(stateOf(experiment)) : undefined,
    writeUnfinished: (experiment, state) => writeJson(stateOf(experiment), state),
    deleteUnfinished: (experiment) => rm(unfinishedOf(experiment), { recursive: true, force: true }),
  };
}

async function listExperiments(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const files = await readdir(folder, { recursive: true });
  const names = files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5).split(sep).join('/')] : []));
  return names.filter((name) => !name.endsWith('.values') && !name.startsWith('.unfinished/')).sort();
}

function assertStored(experiments: readonly string[], known: readonly string[]): void {
  if (known.length === 0)
    throw new RecsysError(
      'unknown-experiment',
      `footlight table: expected results, received none. Run \`footlight run ${experiments[0]}\` first.`,
    );
  assertKnownExperiments(experiments, known);
}

/** The earlier file stays as it is until the new one is complete. */
async function writeJson(path: string, value: unknown): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
  } catch (cause) {
    throw new RecsysError(
      'write-failed',
      `footlight: could not write ${path}: ${(cause as Error).message}. What was there before is untouched.`,
      { cause },
    );
  }
}

async function readJson<T>(path: string): Promise<T> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (cause) {
    throw new RecsysError(
      'file-damaged',
      `footlight: expected a result in ${path}, received ${(cause as Error).message}. Delete the file and run the experiment again.`,
      { cause },
    );
  }
}
