import { omitUndefined } from '@footlight/core';
import type { Batch } from '@footlight/datasets';
import type { Step, StepContext } from './types.js';

/**
 * Draws the negatives of a step: item ids `[query, negative]`, row by row; `undefined` for losses without negatives.
 *
 * Sampling does not depend on scores, so it takes place outside of the gradient tape.
 */
export function sampleNegatives({ sampler }: StepContext, { batch, rng, epoch }: Step): Int32Array | undefined {
  const context = { epoch, ...omitUndefined({ rows: batch.rows }) };
  return sampler?.sample(repeatUsers(batch), batch.targets, rng.fork('negatives'), context);
}

/** The user of each query: every user once per step that has a target. */
function repeatUsers({ users, time, lastStepOnly }: Batch): Int32Array {
  if (time === 1 || lastStepOnly) return users;
  const repeated = new Int32Array(users.length * time);
  users.forEach((user, row) => void repeated.fill(user, row * time, (row + 1) * time));
  return repeated;
}
