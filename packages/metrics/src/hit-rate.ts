import { assertCutOff, type CutOff } from './count-hits.js';
import { createRankMetric } from './create-rank-metric.js';
import type { TieGroup, TieOptions } from './tie-rule.js';
import type { RankMetric } from './types.js';

/**
 * Hit rate: 1 if at least one relevant item is among the first k, else 0.
 *
 * $$ [\min_{i \in R} r_i < k] $$
 *
 * R are the relevant items of the query, r their ranks from 0, and k is `at`.
 *
 * 0 or 1 for each query without ties, the probability of a hit with them; higher is better.
 *
 * @denominator none; NaN if no item is relevant
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or if `ties` is no rule
 * @example
 * hitRate({ at: 2 }).measure({ ranks: [1, 4], candidateCount: 7, relevantCount: 2 }) // 1
 * @source Deshpande and Karypis, ACM TOIS 22 (2004), https://doi.org/10.1145/963770.963776
 */
export function hitRate({ at, ties }: CutOff & TieOptions): RankMetric {
  assertCutOff('hitRate', at);
  return createRankMetric({
    where: 'hitRate',
    name: `hit-rate@${at}`,
    protocol: { at },
    ...(ties && { ties }),
    measure: (ranks) => (ranks.length > 0 && ranks[0]! < at ? 1 : 0),
    expect: ([first]) => (first ? expectHit(first, at) : 0),
  });
}

/** The probability that one of the first `at` items is relevant: only the best group with relevant items matters. */
function expectHit({ start, end, relevant }: TieGroup, at: number): number {
  if (start >= at) return 0;
  if (end <= at) return 1;
  const [size, drawn] = [end - start, at - start];
  let miss = 1; // C(size − relevant, drawn) / C(size, drawn), factor by factor
  const [few, many] = relevant < drawn ? [relevant, drawn] : [drawn, relevant];
  for (let i = 0; i < few; i++) miss *= Math.max(0, size - many - i) / (size - i);
  return 1 - miss;
}
