import { type Json, RecsysError } from '@footlight/core';
import { listDifferences } from '../experiment/list-differences.js';
import { restoreState, type TrainingState } from './checkpoint.js';
import { parseStoredJson } from './stored-checks.js';
import { type FileSource, toStoredFile } from './stored-file.js';
import { isCheckpoint, type Position, readPosition } from './stored-position.js';
import { readTensorFile } from './tensor-file.js';

/** A run as data: its protocol, training options, seed and backend. */
export interface RunDescription {
  readonly protocol: Json;
  readonly training: { readonly [option: string]: Json };
  readonly seed: number;
  readonly backend: string;
}

/** The checkpoint of an earlier run that another run continues from. */
export interface EarlierRun {
  readonly position: Position;
  /**
   * Restores its state.
   *
   * @param run the run that continues it, which differs in its epochs or its patience alone
   * @throws {RecsysError} `checkpoint-mismatch` with the fields that differ
   */
  restore(run: RunDescription, state: TrainingState): Position;
}

/**
 * Reads a file that training starts from, if it is the checkpoint of a run; `undefined` if it is something else.
 *
 * @throws {RecsysError} `file-not-found`, `read-failed`, `file-damaged`
 */
export async function readEarlierRun(source: FileSource): Promise<EarlierRun | undefined> {
  const { name: fileName } = toStoredFile(source);
  const file = await readTensorFile(source);
  if (!isCheckpoint(file)) return undefined;
  return {
    position: readPosition(fileName, file),
    restore(run, state) {
      const { run: stored } = file.metadata;
      const earlier =
        stored === undefined ? undefined : parseStoredJson<RunDescription>(fileName, file.metadata, 'run');
      const differences = earlier
        ? listDifferences(omitLength(run), omitLength(earlier))
        : ['a key of its own, of a training by hand'];
      if (differences.length > 0)
        throw new RecsysError(
          'checkpoint-mismatch',
          `runExperiment(from): expected the checkpoint of a run that differs in its epochs or patience alone, ` +
            `received ${fileName}, which differs in ${differences.join('; ')}. ` +
            'To take over the parameters alone, start from its saved model.',
        );
      return restoreState(fileName, file, state);
    },
  };
}

/** A run without what may differ between it and the run that continues it. */
function omitLength({ training, ...run }: RunDescription): Json {
  const { epochs: _, from: __, stopEarly, ...rest } = training as { readonly [option: string]: Json };
  const stop = stopEarly as { readonly [option: string]: Json } | null | undefined;
  return { ...run, training: { ...rest, stopEarly: stop ? { ...stop, patience: null } : null } };
}
