import type { Interactions, NegativeSampler } from '../types.js';
import type { Rejection } from './rejection.js';
import { collectSeenItems, hasSeen } from './seen-items.js';

/** Whether each query has negatives of its own, or all queries of a batch share them. */
export type NegativesPer = 'query' | 'batch';

/** What decides the negatives that all queries of a batch share. */
export interface SharedDraws {
  /** Draws the negatives of a batch. @shape positives `[query]` → `[negative]` */
  readonly draw: NonNullable<NegativeSampler['sampleShared']>;
  /** The logarithm of the probability that one of the negatives is an item. @shape items `[negative]` → `[negative]` */
  readonly logProbabilities: (items: Int32Array) => Float32Array;
  readonly reject: Rejection;
}

/** Creates a sampler whose negatives all queries of a batch share. */
export function shareNegatives(train: Interactions, { draw, logProbabilities, reject }: SharedDraws): NegativeSampler {
  const seen = reject === 'seen' ? collectSeenItems(train) : undefined;
  return {
    sampleShared: draw,
    rejects: (user, positive, item) => (seen ? hasSeen(seen, user, item) : reject === 'positive' && item === positive),
    sample(users, positives, rng, context) {
      const shared = draw(users, positives, rng, context);
      const repeated = new Int32Array(positives.length * shared.length); // [query, negative]
      for (let query = 0; query < positives.length; query++) repeated.set(shared, query * shared.length);
      return repeated;
    },
    logProbabilities(_, positives, items) {
      const count = items.length / positives.length;
      const logs = new Float32Array(items.length); // [query, item]
      for (let query = 0; query < positives.length; query++)
        logs.set(logProbabilities(items.subarray(query * count, (query + 1) * count)), query * count);
      return logs;
    },
  };
}
