import { assertCutOff, type CutOff } from './count-hits.js';
import { createRankMetric } from './create-rank-metric.js';
import { sumReciprocals } from './prefix-sums.js';
import type { TieGroup, TieOptions } from './tie-rule.js';
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
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or if `ties` is no rule
 * @example
 * const query = { ranks: [0, 2], candidateCount: 7, relevantCount: 2 };
 * averagePrecision({ at: 5 }).measure(query) // (1/1 + 2/3) / 2 = 0.833
 * @source Manning et al., Introduction to Information Retrieval (2008), chapter 8
 */
export function averagePrecision({ at, ties }: CutOff & TieOptions): RankMetric {
  assertCutOff('averagePrecision', at);
  return createRankMetric({
    where: 'averagePrecision',
    name: `average-precision@${at}`,
    protocol: { at, outOf: 'reachable' },
    ...(ties && { ties }),
    measure(ranks, { relevantCount }) {
      let sum = 0;
      for (let i = 0; i < ranks.length && ranks[i]! < at; i++) sum += (i + 1) / (ranks[i]! + 1);
      return sum / Math.min(at, relevantCount);
    },
    expect(groups, { relevantCount }) {
      let sum = 0;
      for (const group of groups) if (group.start < at) sum += expectPrecisions(group, at);
      return sum / Math.min(at, relevantCount);
    },
  });
}

/**
 * The expected sum of the precisions at the relevant items of a group.
 *
 * $$ \frac{m}{g} \sum_{p = a}^{\min(b, k) - 1} \frac{B + 1 + (p - a) q}{p + 1}, \qquad q = \frac{m - 1}{g - 1} $$
 *
 * m of the g items at the ranks a to b − 1 are relevant, and B relevant items have higher scores. If place p has one,
 * each of the p − a places before it in the group has one of the other m − 1 with probability q.
 */
function expectPrecisions({ start, end, relevant, before }: TieGroup, at: number): number {
  const [size, last] = [end - start, Math.min(end, at)];
  const others = size > 1 ? (relevant - 1) / (size - 1) : 0;
  const reciprocals = sumReciprocals(last) - sumReciprocals(start);
  return (relevant / size) * ((before + 1 - others * (start + 1)) * reciprocals + others * (last - start));
}
