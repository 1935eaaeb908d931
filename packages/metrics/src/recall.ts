import { invalid } from '@footlight/core';
import { assertCutOff, type CutOff, countHits, expectHits } from './count-hits.js';
import { createRankMetric } from './create-rank-metric.js';
import type { TieOptions } from './tie-rule.js';
import type { RankedQuery, RankMetric } from './types.js';

/** Options of `recall`. */
export interface RecallOptions extends CutOff, TieOptions {
  /**
   * Denominator of the hits:
   * - `relevant`: the number of relevant items. A list that is shorter than that cannot reach 1. Default.
   * - `reachable`: the largest possible number of hits, min(at, relevant items), as in the Mult-VAE papers. An ideal
   *   list has 1.
   */
  readonly outOf?: 'relevant' | 'reachable';
}

/**
 * Recall: the share of the relevant items that are among the first k.
 *
 * $$ \frac{|\{i \in R : r_i < k\}|}{|R|} \quad\mathrm{or}\quad \frac{|\{i \in R : r_i < k\}|}{\min(k, |R|)} $$
 *
 * R are the relevant items of the query, r their ranks from 0, and k is `at`. The expected value over ties gives each
 * place of a group with m relevant items of g the share m / g of a hit.
 *
 * From 0 to 1; higher is better.
 *
 * @denominator `outOf: 'relevant'`: relevant items; `outOf: 'reachable'`: min(at, relevant items). Relevant items that
 *   are not candidates count in both; NaN if no item is relevant
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or if `outOf`
 *   or `ties` is none of these
 * @example
 * const query = { ranks: [1, 2, 4], candidateCount: 7, relevantCount: 3 };
 * recall({ at: 2 }).measure(query) // 1/3
 * recall({ at: 2, outOf: 'reachable' }).measure(query) // 1/2
 * @source `reachable`: Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814
 */
export function recall({ at, outOf = 'relevant', ties }: RecallOptions): RankMetric {
  assertCutOff('recall', at);
  if (outOf !== 'relevant' && outOf !== 'reachable') invalid('recall(outOf)', "'relevant' or 'reachable'", outOf);
  const divide = (hits: number, { relevantCount }: RankedQuery) =>
    hits / (outOf === 'relevant' ? relevantCount : Math.min(at, relevantCount));
  return createRankMetric({
    where: 'recall',
    name: outOf === 'relevant' ? `recall@${at}` : `recall@${at}(reachable)`,
    protocol: { at, outOf },
    ...(ties && { ties }),
    measure: (ranks, query) => divide(countHits(ranks, at), query),
    expect: (groups, query) => divide(expectHits(groups, at), query),
  });
}
