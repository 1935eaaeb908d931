import { omitUndefined } from '@footlight/core';
import type { Batch } from '@footlight/datasets';
import { type SparseRows, tf, toSparseRows } from '@footlight/engine';
import type { Queries, Reads } from '@footlight/models';

/** Users and their histories, without targets: the rows of a batch. */
export interface ModelInput extends Pick<Batch, 'time' | 'users' | 'history' | 'mask' | 'hiddenSteps'> {
  /** For models that read baskets. */
  readonly baskets?: SparseRows;
}

/**
 * Converts histories of items, oldest first, to the rows of a batch: whole histories as baskets, or the last steps that
 * the model reads, padded on the left to the longest of them.
 */
export function toModelInput(
  histories: readonly Int32Array[],
  reads: Reads,
  users: Int32Array = new Int32Array(histories.length),
): ModelInput {
  const longest = histories.reduce((length, { length: own }) => Math.max(length, own), 1);
  const time = typeof reads === 'object' ? Math.min(reads.history, longest) : 1;
  const input = {
    time,
    users,
    history: new Int32Array(histories.length * time),
    mask: new Float32Array(histories.length * time),
  };
  if (reads === 'user') return input;
  if (reads === 'basket') return { ...input, baskets: toSparseRows(histories.map((items) => [...new Set(items)])) };
  histories.forEach((items, row) => {
    const recent = items.subarray(Math.max(0, items.length - time));
    const start = (row + 1) * time - recent.length;
    input.history.set(recent, start);
    input.mask.fill(1, start, (row + 1) * time);
  });
  return input;
}

/** Converts the rows of a batch to the tensors that a model takes. */
export function toQueries({ users, history, mask, time, hiddenSteps, baskets }: ModelInput): Queries {
  const shape: [number, number] = [users.length, time];
  return {
    users: tf.tensor1d(users, 'int32'),
    history: tf.tensor2d(history, shape, 'int32'),
    mask: tf.tensor2d(mask, shape),
    ...omitUndefined({ hiddenSteps: hiddenSteps && tf.tensor2d(hiddenSteps, shape), baskets }),
  };
}
