import { canonicalJson, type Json, shortHash } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describeTraining } from '../experiment/describe-training.js';
import { describeStart } from '../storage/artifact.js';
import { type Checkpoint, fileCheckpoint, type TrainingState } from '../storage/checkpoint.js';
import type { EarlierRun } from '../storage/earlier-run.js';
import type { EpochReport, LearnedExperiment, Protocol } from '../types.js';
import type { RunOptions } from './types.js';

/** Where the state of a run comes from, and what is told about it. */
export interface RunCheckpointOptions extends RunOptions {
  readonly protocol: Protocol;
  /** The run that this one continues. */
  readonly earlier: EarlierRun | undefined;
  readonly onRestored: (epochs: readonly EpochReport[], state: TrainingState) => void;
}

/**
 * The file checkpoint of a run, whose key names everything that its numbers depend on; read only to resume a run. A run
 * that is not resumed begins with the state of the earlier run, if there is one.
 */
export async function createRunCheckpoint(
  experiment: LearnedExperiment,
  options: RunCheckpointOptions,
): Promise<Checkpoint | undefined> {
  const { protocol, checkpoint: path, resume = false, checkpointSeconds: seconds, from, earlier, onRestored } = options;
  if (path === undefined && !earlier) return undefined;
  const { hash: _, ...fields } = protocol;
  const run = {
    protocol: fields as unknown as Json,
    training: { ...describeTraining(experiment), ...(await describeStart(from)) },
    seed: experiment.seed,
    backend: tf.getBackend(),
  };
  const file =
    path === undefined
      ? unstored
      : fileCheckpoint({ path, key: shortHash(canonicalJson(run)), description: run, seconds });
  return {
    ...file,
    async restore(state) {
      const resumed = resume ? await file.restore(state) : undefined;
      const position = resumed ?? earlier?.restore(run, state);
      if (position) onRestored(position.epochs, state);
      return position;
    },
  };
}

/** The state of a run that writes none. */
const unstored: Checkpoint = {
  seconds: Infinity,
  write: async () => {},
  restore: async () => undefined,
};
