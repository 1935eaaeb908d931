import { omitUndefined } from '@footlight/core';
import type { StepQueries } from './select-queries.js';
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
export function sampleNegatives(
  { sampler, loss }: StepContext,
  { users, targets, rows }: StepQueries,
  { rng, epoch }: Pick<Step, 'rng' | 'epoch'>,
): DrawnNegatives | undefined {
  if (!sampler) return undefined;
  const items = sampler.sample(users, targets, rng.fork('negatives'), { epoch, ...omitUndefined({ rows }) });
  if (loss.kind !== 'ranking' || !loss.needsProbabilities) return { items };
  return { items, logProbabilities: sampler.logProbabilities!(users, targets, items) };
}
