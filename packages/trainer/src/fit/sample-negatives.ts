import { omitUndefined } from '@footlight/core';
import type { Batch } from '@footlight/datasets';
import type { Step, StepContext } from './types.js';

/** The negatives of a step. */
export interface DrawnNegatives {
  /** Item ids, `[query, negative]`, row by row. */
  readonly items: Int32Array;
  /** The logarithm of the probability of each, `[query, negative]`; present for losses that need it. */
  readonly logProbabilities?: Float32Array;
}

/**
 * Draws the negatives of a step; `undefined` for losses without negatives.
 *
 * Sampling does not depend on scores, so it takes place outside of the gradient tape.
 */
export function sampleNegatives({ sampler, loss }: StepContext, step: Step): DrawnNegatives | undefined {
  if (!sampler) return undefined;
  const { batch, rng, epoch } = step;
  const context = { epoch, ...omitUndefined({ rows: batch.rows }) };
  const users = repeatUsers(batch);
  const items = sampler.sample(users, batch.targets, rng.fork('negatives'), context);
  if (loss.kind !== 'ranking' || !loss.needsProbabilities) return { items };
  return { items, logProbabilities: sampler.logProbabilities!(users, batch.targets, items) };
}

/** The user of each query: every user once per step that has a target. */
function repeatUsers({ users, time, lastStepOnly }: Batch): Int32Array {
  if (time === 1 || lastStepOnly) return users;
  const repeated = new Int32Array(users.length * time);
  users.forEach((user, row) => void repeated.fill(user, row * time, (row + 1) * time));
  return repeated;
}
