import { existsSync } from 'node:fs';
import { RecsysError } from '@footlight/core';
import type { Optimizer } from '@footlight/engine';
import type * as tf from '@tensorflow/tfjs';
import type { EpochReport } from '../run/report.js';
import { copyParameters, restoreParameters } from './parameters.js';
import { readTensorFile, type StoredTensor, type TensorFile, writeTensorFile } from './tensor-file.js';

/** Where a run stands. Together with weights, moments and the seed it is all that the rest of the run depends on. */
export interface Position {
  /** Epochs completed. */
  readonly epoch: number;
  /** Steps completed in the epoch that is under way. */
  readonly step: number;
  /** Sum of the losses of these steps, each times its number of real queries; and the number of these queries. */
  readonly lossSum: number;
  readonly queryCount: number;
  /** Reports of the completed epochs. */
  readonly epochs: readonly EpochReport[];
}

export const startPosition: Position = { epoch: 0, step: 0, lossSum: 0, queryCount: 0, epochs: [] };

/** Keeps the state of a run in one file. */
export interface Checkpoint {
  /** Seconds between two writes within an epoch. */
  readonly seconds: number;
  write(position: Position, state: TrainingState): Promise<void>;
  /** Fills weights and moments from the file; `undefined` if there is none. */
  restore(state: TrainingState): Promise<Position | undefined>;
}

/** What training changes. */
export interface TrainingState {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly optimizer: Optimizer;
  /** Weights of the best epoch so far, when training stops early. */
  best?: BestEpoch;
}

export interface BestEpoch {
  readonly epoch: number;
  readonly value: number;
  readonly weights: ReadonlyMap<string, StoredTensor>;
}

/**
 * A checkpoint in a file.
 *
 * `key` says which run it belongs to (protocol, training options, seed, backend); a file of another run is refused.
 *
 * @throws {RecsysError} `checkpoint-mismatch`; `file-damaged` if the file was altered
 */
export function fileCheckpoint({
  path,
  key,
  seconds = 10,
}: {
  path: string;
  key: string;
  seconds?: number;
}): Checkpoint {
  return {
    seconds,
    write: async (position, state) =>
      writeTensorFile(path, {
        metadata: { key, position: JSON.stringify(position), ...bestMetadata(state.best) },
        tensors: await tensorsOf(state),
      }),
    async restore(state) {
      if (!existsSync(path)) return undefined;
      const file = await readTensorFile(path);
      if (file.metadata['key'] !== key)
        throw new RecsysError(
          'checkpoint-mismatch',
          `fileCheckpoint: expected a checkpoint of this run (${key}), received ${path} of another (${file.metadata['key']}). Delete it, or run without resume.`,
        );
      restoreParameters(state.parameters, section(file, 'weights'));
      state.optimizer.restore(section(file, 'optimizer'));
      if (file.metadata['best']) state.best = { ...JSON.parse(file.metadata['best']), weights: section(file, 'best') };
      return JSON.parse(file.metadata['position']!) as Position;
    },
  };
}

async function tensorsOf({ parameters, optimizer, best }: TrainingState): Promise<Map<string, StoredTensor>> {
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

function section({ tensors }: TensorFile, name: string): Map<string, StoredTensor> {
  const prefix = `${name}:`;
  return new Map(
    [...tensors].flatMap(([path, tensor]): [string, StoredTensor][] =>
      path.startsWith(prefix) ? [[path.slice(prefix.length), tensor]] : [],
    ),
  );
}

function bestMetadata(best: BestEpoch | undefined): Record<string, string> {
  return best ? { best: JSON.stringify({ epoch: best.epoch, value: best.value }) } : {};
}
