import { omitUndefined } from '@footlight/core';
import type { NegativeSampler } from '@footlight/datasets';
import type { StepQueries } from './select-queries.js';
import type { Step, StepContext } from './types.js';

/** The negatives of a step. */
export interface DrawnNegatives {
  /** Item ids, `[query, negative]`, row by row; `[negative]` if all queries share them. */
  readonly items: Int32Array;
  /** The logarithm of the probability of each item; present for losses that need it. */
  readonly logProbabilities?: Float32Array;
  /** 1 for a negative of a query, 0 for an item that it rejects, `[query, negative]`; present if queries share them. */
  readonly accepted?: Uint8Array;
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
  const context = { epoch, ...omitUndefined({ rows }) };
  const needsProbabilities = loss.kind === 'ranking' && loss.needsProbabilities;
  if (sampler.sampleShared) {
    const shared = sampler.sampleShared(users, targets, rng.fork('negatives'), context);
    const [user, target] = [users.subarray(0, 1), targets.subarray(0, 1)]; // probabilities are the same for all
    const logProbabilities = needsProbabilities ? sampler.logProbabilities!(user, target, shared) : undefined;
    return {
      items: shared,
      accepted: listAccepted(sampler, users, targets, shared),
      ...omitUndefined({ logProbabilities }),
    };
  }
  const items = sampler.sample(users, targets, rng.fork('negatives'), context);
  if (!needsProbabilities) return { items };
  return { items, logProbabilities: sampler.logProbabilities!(users, targets, items) };
}

/** Which shared negatives are negatives of which query. @shape users, targets `[query]`, items `[negative]` */
function listAccepted(
  { rejects }: NegativeSampler,
  users: Int32Array,
  targets: Int32Array,
  items: Int32Array,
): Uint8Array {
  const accepted = new Uint8Array(users.length * items.length).fill(1);
  if (!rejects) return accepted;
  for (let query = 0, at = 0; query < users.length; query++)
    for (let k = 0; k < items.length; k++, at++)
      if (rejects(users[query]!, targets[query]!, items[k]!)) accepted[at] = 0;
  return accepted;
}
