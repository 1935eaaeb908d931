import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { RecsysError } from '@footlight/core';
import { writeFileAtomically } from '@footlight/trainer';
import { assertKnownExperiments } from './assert-known-experiments.js';
import type { QueryValues, RunValues } from './query-values.js';
import type { SeedResult, StoredResult } from './result.js';

/** State of an experiment of which some seeds are finished. */
export interface UnfinishedRun {
  /** Identifies protocol, training, seed and backend; a run resumes only from a state with the same key. */
  readonly key: string;
  readonly runs: readonly SeedResult[];
  /** Values per user, one element per run. */
  readonly values: readonly RunValues[];
}

/** A folder of results: one file per experiment, values per user beside it, and unfinished runs under `.unfinished`. */
export interface ResultsFolder {
  /** Writes a result in place of an earlier one. @returns the path of its file */
  write(result: StoredResult): Promise<string>;
  /** Writes the values per user beside the result. */
  writeValues(values: QueryValues): Promise<void>;
  /**
   * Reads the values per user of a stored result.
   *
   * @throws {RecsysError} `unknown-experiment` if there are none, or if they belong to another run
   */
  readValues(experiment: string): Promise<QueryValues>;
  /**
   * Reads all results in order of their names, or the named ones in the given order.
   *
   * @throws {RecsysError} `unknown-experiment` for a name without a result
   */
  read(experiments?: readonly string[]): Promise<StoredResult[]>;
  /** Path of the checkpoint of the run with this seed. */
  getCheckpointPath(experiment: string, seed: number): string;
  readUnfinished(experiment: string): Promise<UnfinishedRun | undefined>;
  writeUnfinished(experiment: string, state: UnfinishedRun): Promise<void>;
  /** Deletes finished seeds and checkpoints of an unfinished run. */
  deleteUnfinished(experiment: string): Promise<void>;
}

/** Opens a folder of results; it is created by the first write. */
export function openResultsFolder(folder: string): ResultsFolder {
  const getFile = (experiment: string): string => join(folder, `${experiment}.json`);
  const getValuesFile = (experiment: string): string => join(folder, `${experiment}.values.json`);
  const getUnfinishedFolder = (experiment: string): string => join(folder, '.unfinished', experiment);
  const getStateFile = (experiment: string): string => join(getUnfinishedFolder(experiment), 'finished-seeds.json');
  return {
    async write(result) {
      await writeJson(getFile(result.experiment), result);
      return getFile(result.experiment);
    },
    writeValues: (values) => writeJson(getValuesFile(values.experiment), values),
    async readValues(experiment) {
      const path = getValuesFile(experiment);
      if (!existsSync(path))
        throw new RecsysError(
          'unknown-experiment',
          `footlight: expected values per user of ${experiment}, received none. ` +
            `Run \`footlight run ${experiment}\` again.`,
        );
      const [values, stored] = await Promise.all([
        readJson<QueryValues>(path),
        readJson<StoredResult>(getFile(experiment)),
      ]);
      if (values.protocol !== stored.protocol.hash || values.seeds.join() !== stored.seeds.join())
        throw new RecsysError(
          'unknown-experiment',
          `footlight: expected values per user of the stored result of ${experiment}, received those of another run. ` +
            'Run it again.',
        );
      return values;
    },
    async read(experiments) {
      const known = await listExperiments(folder);
      if (experiments) assertStored(experiments, known);
      const read = await Promise.all(
        (experiments ?? known).map((experiment) => readJson<StoredResult>(getFile(experiment))),
      );
      return read.filter((result) => 'protocol' in result); // skips other JSON files
    },
    getCheckpointPath: (experiment, seed) => join(getUnfinishedFolder(experiment), `seed-${seed}.checkpoint`),
    readUnfinished: async (experiment) =>
      existsSync(getStateFile(experiment)) ? readJson<UnfinishedRun>(getStateFile(experiment)) : undefined,
    writeUnfinished: (experiment, state) => writeJson(getStateFile(experiment), state),
    deleteUnfinished: (experiment) => rm(getUnfinishedFolder(experiment), { recursive: true, force: true }),
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

/** Writes atomically: an earlier file stays unchanged until the new one is complete. */
function writeJson(path: string, value: unknown): Promise<void> {
  return writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
}

async function readJson<T>(path: string): Promise<T> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (cause) {
    throw new RecsysError(
      'file-damaged',
      `footlight: expected a result in ${path}, received ${(cause as Error).message}. ` +
        'Delete the file and run the experiment again.',
      { cause },
    );
  }
}
