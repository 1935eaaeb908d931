import { assertNumber, formatExactJson, type Json, RecsysError } from '@footlight/core';
import type { Optimizer, tf } from '@footlight/engine';
import { listDifferences } from '../experiment/list-differences.js';
import { assertParameters, copyParameters, readSection, restoreParameters } from './parameters.js';
import { parseStoredJson } from './stored-checks.js';
import { type FileTarget, toStoredFile } from './stored-file.js';
import { type BestEpoch, type Position, readBest, readPosition } from './stored-position.js';
import { parseTensorFile, type StoredTensor, type TensorFile, writeTensorFile } from './tensor-file.js';

export { type BestEpoch, type Position, startPosition } from './stored-position.js';

/** Stores the state of a run. */
export interface Checkpoint {
  /** Seconds between two writes within an epoch. */
  readonly seconds: number;
  write(position: Position, state: TrainingState): Promise<void>;
  /** Restores parameters and optimizer state; `undefined` if no state is stored. */
  restore(state: TrainingState): Promise<Position | undefined>;
}

/** What training changes: parameters, optimizer state and the best epoch so far. */
export interface TrainingState {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly optimizer: Optimizer;
  /** The best epoch so far; present if training may stop early. */
  best?: BestEpoch;
}

export interface FileCheckpointOptions {
  /** Path of the file, in Node, or a file in a storage, e.g. `opfsFile('run.safetensors')` of a browser. */
  readonly path: FileTarget;
  /** Identifies the run (protocol, training options, seed, backend); the file of another run is refused. */
  readonly key: string;
  /** What the key is made of: the message about the file of another run names the fields that differ. */
  readonly description?: { readonly [field: string]: Json } | undefined;
  /** Seconds between two writes within an epoch. Default 10. */
  readonly seconds?: number | undefined;
}

/**
 * File checkpoint: stores the state of a run in one file.
 *
 * @throws {RecsysError} `checkpoint-mismatch`; `file-damaged` if the file was altered; `invalid-argument` if `seconds`
 *   is below 0
 */
export function fileCheckpoint({ path, key, description, seconds = 10 }: FileCheckpointOptions): Checkpoint {
  assertNumber('fileCheckpoint(seconds)', seconds, { from: 0 });
  const stored = toStoredFile(path);
  return {
    seconds,
    write: async (position, state) =>
      writeTensorFile(stored, {
        metadata: {
          key,
          ...describeRun(description),
          position: formatExactJson(position),
          ...describeBest(state.best),
        },
        tensors: await collectTensors(state),
      }),
    async restore(state) {
      const content = await stored.read();
      if (!content) return undefined;
      const file = parseTensorFile(stored.name, content);
      if (file.metadata['key'] !== key)
        throw new RecsysError(
          'checkpoint-mismatch',
          `${stored.name}: expected a checkpoint of this run (${key}), received ${stored.location} of another ` +
            `(${file.metadata['key'] ?? 'no checkpoint'})${explainMismatch(stored.name, file, description)}. ` +
            'Delete it, or run without resume.',
        );
      return restoreState(stored.name, file, state);
    },
  };
}

/** Sets parameters, optimizer state and the best epoch to those of a checkpoint. */
export function restoreState(fileName: string, file: TensorFile, state: TrainingState): Position {
  const position = readPosition(fileName, file);
  const best = readBest(fileName, file, position);
  if (best) assertParameters(state.parameters, best.weights);
  state.optimizer.restore(readSection(file, 'optimizer'));
  restoreParameters(state.parameters, readSection(file, 'weights'));
  if (best) state.best = best;
  return position;
}

function describeRun(description: FileCheckpointOptions['description']): Record<string, string> {
  return description ? { run: JSON.stringify(description) } : {};
}

/** `, which differ in dataset.fingerprint: "…" ≠ "…"`; empty where one of the runs is not described. */
function explainMismatch(
  fileName: string,
  { metadata }: TensorFile,
  description: FileCheckpointOptions['description'],
): string {
  if (!description || metadata['run'] === undefined) return '';
  const other = parseStoredJson<{ [field: string]: Json }>(fileName, metadata, 'run');
  return `, which differ in ${listDifferences(description, other).join('; ')}`;
}

async function collectTensors({ parameters, optimizer, best }: TrainingState): Promise<Map<string, StoredTensor>> {
  const sections = {
    weights: await copyParameters(parameters),
    optimizer: optimizer.state(),
    best: best?.weights ?? new Map(),
  };
  return new Map(
    Object.entries(sections).flatMap(([name, tensors]) =>
      [...tensors].map(([path, tensor]): [string, StoredTensor] => [`${name}:${path}`, tensor]),
    ),
  );
}

function describeBest(best: BestEpoch | undefined): Record<string, string> {
  return best ? { best: formatExactJson({ epoch: best.epoch, value: best.value }) } : {};
}
