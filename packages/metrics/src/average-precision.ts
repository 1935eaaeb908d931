import { assertCutOff, type CutOff } from './count-hits.js';
import type { RankMetric } from './types.js';

/**
 * Average precision: the mean of the precisions at the relevant items among the first k. Its mean over queries is
 * MAP@k.
 *
 * $$ \frac{1}{\min(k, |R|)} \sum_{i \in R,\, r_i < k} \frac{|\{j \in R : r_j \le r_i\}|}{r_i + 1} $$
 *
 * R are the relevant items of the query, r their ranks from 0, and k is `at`.
 *
 * From 0 to 1; higher is better.
 *
 * @denominator min(at, relevant items), candidates or not, so that an ideal list has 1; NaN if no item is relevant
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer
 * @example
 * const query = { ranks: [0, 2], averageRanks: [0, 2], candidateCount: 7, relevantCount: 2 };
 * averagePrecision({ at: 5 }).measure(query) // (1/1 + 2/3) / 2 = 0.833
 * @source Manning et al., Introduction to Information Retrieval (2008), chapter 8
 */
export function averagePrecision({ at }: CutOff): RankMetric {
  assertCutOff('averagePrecision', at);
  return {
    kind: 'rank',
    name: `average-precision@${at}`,
    protocol: { at, outOf: 'reachable', ties: 'lower id first' },
    measure({ ranks, relevantCount }) {
      let sum = 0;
      for (let i = 0; i < ranks.length && ranks[i]! < at; i++) sum += (i + 1) / (ranks[i]! + 1);
      return sum / Math.min(at, relevantCount); // 0 / 0 = NaN
    },
  };
}
