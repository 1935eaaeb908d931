import { invalid } from '@footlight/core';
import { assertCutOff, type CutOff, countHits } from './count-hits.js';
import type { RankMetric } from './types.js';

export interface RecallOptions extends CutOff {
  /**
   * What all hits are divided by:
   * - `relevant`: the relevant items. A list shorter than that cannot reach 1. Default.
   * - `reachable`: the most hits that a list of this length can have, min(at, relevant), as in the Mult-VAE papers. An ideal list has 1.
   */
  readonly outOf?: 'relevant' | 'reachable';
}

/**
 * Recall: how many of the relevant items are among the first k.
 *
 * $$ \frac{|\{i \in R : r_i < k\}|}{|R|} \quad\mathrm{or}\quad \frac{|\{i \in R : r_i < k\}|}{\min(k, |R|)} $$
 *
 * @denominator `outOf: 'relevant'`: relevant items; `outOf: 'reachable'`: min(at, relevant). Items that were no candidates count in both
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or `outOf` is neither
 * @example
 * recall({ at: 2 }).measure({ ranks: [1, 2, 4], averageRanks: [1, 2, 4], candidateCount: 7, relevantCount: 3 }) // 1/3
 * @source `reachable`: Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814
 */
export function recall({ at, outOf = 'relevant' }: RecallOptions): RankMetric {
  assertCutOff('recall', at);
  if (outOf !== 'relevant' && outOf !== 'reachable') invalid('recall(outOf)', "'relevant' or 'reachable'", outOf);
  return {
    kind: 'rank',
    name: outOf === 'relevant' ? `recall@${at}` : `recall@${at}(reachable)`,
    protocol: { at, outOf, ties: 'lower id first' },
    measure(query) {
      return countHits(query, at) / (outOf === 'relevant' ? query.relevantCount : Math.min(at, query.relevantCount)); // 0 / 0 = NaN
    },
  };
}
