import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { RecsysError } from '@footlight/core';
import writeFileAtomic from 'write-file-atomic';
import { assertKnown } from './assert-known.js';
import type { KeptResult, SeedResult } from './result.js';
import type { QueryValues, RunValues } from './values.js';

/** Seeds of a row that are finished, while others are not. */
export interface Unfinished {
  /** What the runs have in common; a state of another run is not gone on from. */
  readonly key: string;
  readonly runs: readonly SeedResult[];
  /** Values per user of each of the runs. */
  readonly values: readonly RunValues[];
}

/** The folder of the results: one file per row, and what is under way under `.unfinished`. */
export interface ResultsFolder {
  write(result: KeptResult): Promise<string>;
  /** Keeps the values per user beside the result. */
  writeValues(values: QueryValues): Promise<void>;
  /**
   * Values per user of a row that was run.
   *
   * @throws {RecsysError} `unknown-row` if there are none, or they are not of the result that is kept
   */
  values(row: string): Promise<QueryValues>;
  /** All results, or those of these rows, in order of their names. */
  read(rows?: readonly string[]): Promise<KeptResult[]>;
  /** File that training with this seed keeps its state in. */
  checkpointOf(row: string, seed: number): string;
  unfinished(row: string): Promise<Unfinished | undefined>;
  keepUnfinished(row: string, state: Unfinished): Promise<void>;
  /** Forgets what was under way. */
  forget(row: string): Promise<void>;
}

export function resultsFolder(folder: string): ResultsFolder {
  const fileOf = (row: string): string => join(folder, `${row}.json`);
  const valuesFileOf = (row: string): string => join(folder, `${row}.values.json`);
  const unfinishedOf = (row: string): string => join(folder, '.unfinished', row);
  const stateOf = (row: string): string => join(unfinishedOf(row), 'finished-seeds.json');
  return {
    async write(result) {
      await writeJson(fileOf(result.row), result);
      return fileOf(result.row);
    },
    writeValues: (values) => writeJson(valuesFileOf(values.row), values),
    async values(row) {
      const path = valuesFileOf(row);
      if (!existsSync(path))
        throw new RecsysError(
          'unknown-row',
          `footlight: expected values per user of ${row}, received none. Run \`footlight run ${row}\` again.`,
        );
      const [values, kept] = await Promise.all([readJson<QueryValues>(path), readJson<KeptResult>(fileOf(row))]);
      if (values.protocol !== kept.protocol.hash || values.seeds.join() !== kept.seeds.join())
        throw new RecsysError(
          'unknown-row',
          `footlight: expected values per user of the kept run of ${row}, received those of another. Run it again.`,
        );
      return values;
    },
    async read(rows) {
      const known = await rowsIn(folder);
      if (rows) assertRun(rows, known);
      const read = await Promise.all((rows ?? known).map((row) => readJson<KeptResult>(fileOf(row))));
      return read.filter((result) => 'protocol' in result); // other things may be measured and kept beside the rows
    },
    checkpointOf: (row, seed) => join(unfinishedOf(row), `seed-${seed}.checkpoint`),
    unfinished: async (row) => (existsSync(stateOf(row)) ? readJson<Unfinished>(stateOf(row)) : undefined),
    keepUnfinished: (row, state) => writeJson(stateOf(row), state),
    forget: (row) => rm(unfinishedOf(row), { recursive: true, force: true }),
  };
}

async function rowsIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const files = await readdir(folder, { recursive: true });
  const names = files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5).split(sep).join('/')] : []));
  return names.filter((name) => !name.endsWith('.values') && !name.startsWith('.unfinished/')).sort();
}

function assertRun(rows: readonly string[], known: readonly string[]): void {
  if (known.length === 0)
    throw new RecsysError(
      'unknown-row',
      `footlight table: expected results, received none. Run \`footlight run ${rows[0]}\` first.`,
    );
  assertKnown(rows, known);
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
      `footlight: expected a result in ${path}, received ${(cause as Error).message}. Delete the file and run the row again.`,
      { cause },
    );
  }
}
