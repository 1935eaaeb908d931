import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { formatExactJson, parseExactJson, RecsysError } from '@footlight/core';
import { type FileWriter, openFileWriter, removeTemporaryFiles, writeFileAtomically } from '@footlight/core/files';
import { acquireLock, type FileLock } from '@footlight/core/lock-file';
import { findExperiments } from './find-experiments.js';
import type { QueryValues, RunValues } from './query-values.js';
import type { SeedResult, StoredResult } from './result.js';
import { assertValuesBelong, failWithoutValues } from './stored-values.js';

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
   * Writes a result together with its values per user, if it has any, so that the values of an earlier result do not
   * stay beside it: both are on the disk before the first takes its name.
   */
  writeWithValues(result: StoredResult, values: QueryValues | undefined): Promise<void>;
  /**
   * Reads the values per user of a stored result.
   *
   * @throws {RecsysError} `unknown-experiment` if there are none, if they belong to another run, or if they are those
   *   of windows without the users of the windows, as earlier versions stored them
   */
  readValues(experiment: string): Promise<QueryValues>;
  /**
   * Reads all results in order of their names, or the named ones in the given order. A beginning that only one name has
   * stands for it.
   *
   * @throws {RecsysError} `unknown-experiment` for a name without a result, or a beginning of several
   */
  read(experiments?: readonly string[]): Promise<StoredResult[]>;
  /** Path of the checkpoint of the run with this seed. */
  getCheckpointPath(experiment: string, seed: number): string;
  readUnfinished(experiment: string): Promise<UnfinishedRun | undefined>;
  /** Names of the experiments whose names begin like this and that have finished seeds or a checkpoint. */
  listUnfinished(beginning: string): Promise<string[]>;
  writeUnfinished(experiment: string, state: UnfinishedRun): Promise<void>;
  /** Deletes finished seeds and checkpoints of an unfinished run. */
  deleteUnfinished(experiment: string): Promise<void>;
  /**
   * Locks an experiment, so that no other run of it changes its result and its unfinished runs.
   *
   * @throws {RecsysError} `locked` if another run of it is at work
   */
  lock(experiment: string): Promise<FileLock>;
}

/** Opens a folder of results; it is created by the first write. */
export function openResultsFolder(folder: string): ResultsFolder {
  const getFile = (experiment: string): string => join(folder, `${experiment}.json`);
  const getValuesFile = (experiment: string): string => join(folder, `${experiment}.values.json`);
  const getUnfinishedFolder = (experiment: string): string => join(folder, '.unfinished', experiment);
  const getStateFile = (experiment: string): string => join(getUnfinishedFolder(experiment), 'finished-seeds.json');
  const read: ResultsFolder['read'] = async (experiments) => {
    const known = await listExperiments(folder);
    const found = await Promise.all(
      (experiments ? findStored(experiments, known) : known).map((experiment) =>
        readJson<StoredResult>(getFile(experiment)),
      ),
    );
    return found.filter((result) => 'protocol' in result); // skips other JSON files
  };
  return {
    async write(result) {
      await writeJson(getFile(result.experiment), result);
      return getFile(result.experiment);
    },
    writeValues: (values) => writeJson(getValuesFile(values.experiment), values),
    async writeWithValues(result, values) {
      const { experiment } = result;
      const [path, valuesPath] = [getFile(experiment), getValuesFile(experiment)];
      await writeTogether([...(values ? [{ path: valuesPath, value: values }] : []), { path, value: result }]);
      if (!values) await rm(valuesPath, { force: true });
    },
    async readValues(experiment) {
      const [stored] = await read([experiment]);
      const path = getValuesFile(experiment);
      if (!existsSync(path)) return failWithoutValues(stored!);
      const values = await readJson<QueryValues>(path);
      assertValuesBelong(values, stored!);
      return values;
    },
    read,
    getCheckpointPath: (experiment, seed) => join(getUnfinishedFolder(experiment), `seed-${seed}.checkpoint`),
    readUnfinished: async (experiment) =>
      existsSync(getStateFile(experiment)) ? readJson<UnfinishedRun>(getStateFile(experiment)) : undefined,
    listUnfinished: (beginning) => listUnfinished(join(folder, '.unfinished'), beginning),
    // Means of seeds to come are computed from these: NaN must not become null, which counts as 0.
    writeUnfinished: (experiment, state) =>
      writeFileAtomically(getStateFile(experiment), `${formatExactJson(state, 2)}\n`),
    deleteUnfinished: (experiment) => rm(getUnfinishedFolder(experiment), { recursive: true, force: true }),
    async lock(experiment) {
      const lock = await acquireLock(`${getUnfinishedFolder(experiment)}.lock`, {
        what: `footlight run ${experiment}`,
        hint: 'Wait until it ends, or choose another folder with --results.',
      });
      const files = [getFile(experiment), getValuesFile(experiment), getStateFile(experiment)];
      for (const file of files) await removeTemporaryFiles(file); // of writers that were killed
      return lock;
    },
  };
}

async function listExperiments(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const files = await readdir(folder, { recursive: true }).catch((cause) => failToRead(folder, cause));
  const names = files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5).split(sep).join('/')] : []));
  return names.filter((name) => !name.endsWith('.values') && !name.startsWith('.unfinished/')).sort();
}

async function listUnfinished(folder: string, beginning: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const files = await readdir(folder, { recursive: true });
  const states = files.filter((file) => file.endsWith('.checkpoint') || file.endsWith('finished-seeds.json'));
  const names = new Set(states.map((file) => dirname(file).split(sep).join('/')));
  return [...names].filter((name) => name.startsWith(beginning)).sort();
}

function failToRead(folder: string, cause: Error): never {
  throw new RecsysError(
    'read-failed',
    `${folder}: expected a folder of results, received the error "${cause.message}". ` +
      'Choose another one with --results.',
    { cause },
  );
}

function findStored(experiments: readonly string[], known: readonly string[]): string[] {
  if (known.length === 0)
    throw new RecsysError(
      'unknown-experiment',
      `footlight table: expected results, received none. Run \`footlight run ${experiments[0]}\` first.`,
    );
  return findExperiments(experiments, known);
}

/** Writes atomically: an earlier file stays unchanged until the new one is complete. */
function writeJson(path: string, value: unknown): Promise<void> {
  return writeFileAtomically(path, formatJson(value));
}

const formatJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

async function writeTogether(files: readonly { readonly path: string; readonly value: unknown }[]): Promise<void> {
  const writers: FileWriter[] = [];
  try {
    for (const { path, value } of files) {
      const writer = await openFileWriter(path);
      writers.push(writer);
      await writer.write(formatJson(value));
      await writer.prepare();
    }
    for (const writer of writers) await writer.commit();
  } finally {
    for (const writer of writers) await writer.discard();
  }
}

async function readJson<T>(path: string): Promise<T> {
  try {
    return parseExactJson<T>(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new RecsysError(
      'file-damaged',
      `footlight: expected a result in ${path}, received ${(cause as Error).message}. ` +
        'Delete the file and run the experiment again.',
      { cause },
    );
  }
}
