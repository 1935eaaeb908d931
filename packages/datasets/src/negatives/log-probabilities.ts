import type { NegativeSampler } from '../types.js';

/**
 * Creates `logProbabilities` of a sampler.
 *
 * @param createFor returns the logarithm of the probability of an item for one query; −∞ if it is rejected
 */
export function createLogProbabilities(
  createFor: (user: number, positive: number) => (item: number) => number,
): NonNullable<NegativeSampler['logProbabilities']> {
  return (users, positives, items) => {
    const count = items.length / positives.length;
    const logs = new Float32Array(items.length); // [query, item]
    for (let query = 0, at = 0; query < positives.length; query++) {
      const compute = createFor(users[query]!, positives[query]!);
      for (const end = at + count; at < end; at++) logs[at] = compute(items[at]!);
    }
    return logs;
  };
}
