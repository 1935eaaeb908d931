import { assertCutOff, type CutOff, countHits, expectHits } from './count-hits.js';
import { createRankMetric } from './create-rank-metric.js';
import type { TieOptions } from './tie-rule.js';
import type { RankMetric } from './types.js';

/**
 * Precision: the share of the first k items that are relevant.
 *
 * $$ \frac{|\{i \in R : r_i < k\}|}{k} $$
 *
 * R are the relevant items of the query, r their ranks from 0, and k is `at`. The expected value over ties gives each
 * place of a group with m relevant items of g the share m / g of a hit.
 *
 * From 0 to 1; higher is better.
 *
 * @denominator `at`, even if fewer items are relevant or fewer candidates exist; NaN if no item is relevant
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or if `ties` is no rule
 * @example
 * precision({ at: 5 }).measure({ ranks: [1, 2], candidateCount: 7, relevantCount: 2 }) // 2/5
 * @source Manning et al., Introduction to Information Retrieval (2008), chapter 8
 */
export function precision({ at, ties }: CutOff & TieOptions): RankMetric {
  assertCutOff('precision', at);
  return createRankMetric({
    where: 'precision',
    name: `precision@${at}`,
    protocol: { at },
    ...(ties && { ties }),
    measure: (ranks) => countHits(ranks, at) / at,
    expect: (groups) => expectHits(groups, at) / at,
  });
}
