import { invalid } from '@footlight/core';
import { createRankMetric } from './create-rank-metric.js';
import { sumReciprocals } from './prefix-sums.js';
import type { TieGroup, TieOptions } from './tie-rule.js';
import type { RankedQuery, RankMetric } from './types.js';

/** Options of `mrr`. */
export interface MrrOptions extends TieOptions {
  /**
   * The relevant items whose reciprocal ranks count:
   * - `all`: the mean over all relevant items, as in Spotlight and netrex. An ideal list with R relevant items has only
   *   H_R / R, where H_R is the harmonic number, e.g. 0.29 for 10 items. Default.
   * - `first`: the relevant item with the best rank, as in LightFM and in the literature.
   */
  readonly over?: 'all' | 'first';
}

/**
 * Mean reciprocal rank (MRR): the mean of 1 / rank over the relevant items of a query, or 1 / rank of the first one.
 *
 * $$ \mathrm{all:}\ \frac{1}{|R|} \sum_{i \in R} \frac{1}{r_i + 1} \qquad \mathrm{first:}\ \max_{i \in R} \frac{1}{r_i + 1} $$
 *
 * R are the relevant items of the query, r their ranks from 0. The expected value over ties takes the mean of 1 / rank
 * over the places of a group; Spotlight takes 1 / the mean rank, which is lower (`ties: 'average-rank'`). Relevant
 * items that are not candidates add 0. From 0 to 1; higher is better.
 *
 * @denominator `all`: relevant items, candidates or not; `first`: none. NaN if no item is relevant
 * @throws {RecsysError} `invalid-argument` if `over` or `ties` is none of these
 * @example
 * mrr().measure({ ranks: [0, 3], candidateCount: 7, relevantCount: 2 }) // (1 + 1/4) / 2 = 0.625
 * @source `all`: Spotlight, `mrr_score`; `first`: Voorhees, TREC-8 (1999); LightFM, `reciprocal_rank`
 */
export function mrr({ over = 'all', ties }: MrrOptions = {}): RankMetric {
  if (over !== 'all' && over !== 'first') invalid('mrr(over)', "'all' or 'first'", over);
  return createRankMetric({
    where: 'mrr',
    name: over === 'all' ? 'mrr' : `mrr(${over})`,
    protocol: { over },
    ...(ties && { ties }),
    ...(over === 'all'
      ? { measure: averageReciprocals, expect: expectReciprocals }
      : { measure: takeFirstReciprocal, expect: ([first]) => (first ? expectFirstReciprocal(first) : 0) }),
  });
}

function averageReciprocals(ranks: ArrayLike<number>, { relevantCount }: RankedQuery): number {
  let sum = 0;
  for (let i = 0; i < ranks.length; i++) sum += 1 / (ranks[i]! + 1);
  return sum / relevantCount;
}

function expectReciprocals(groups: readonly TieGroup[], { relevantCount }: RankedQuery): number {
  let sum = 0;
  for (const group of groups) sum += group.relevant * averagePlaces(group);
  return sum / relevantCount;
}

/** The mean of 1 / rank over the places of a group. */
function averagePlaces({ start, end }: TieGroup): number {
  return (sumReciprocals(end) - sumReciprocals(start)) / (end - start);
}

function takeFirstReciprocal(ranks: ArrayLike<number>): number {
  return ranks.length === 0 ? 0 : 1 / (ranks[0]! + 1);
}

/**
 * The expected 1 / rank of the first of m relevant items among g candidates with equal scores.
 *
 * $$ \sum_{j=0}^{g-m} \frac{P(j)}{a + j + 1}, \qquad P(j) = \binom{g - 1 - j}{m - 1} \Big/ \binom{g}{m} $$
 *
 * a is the rank of the first candidate, and P(j) the probability that j others come before the first relevant one.
 */
function expectFirstReciprocal(group: TieGroup): number {
  const { start, end, relevant } = group;
  if (relevant === 1) return averagePlaces(group);
  const size = end - start;
  let [sum, probability] = [0, relevant / size];
  for (let j = 0; j <= size - relevant && probability > 0; j++) {
    sum += probability / (start + j + 1);
    probability *= (size - relevant - j) / (size - 1 - j);
  }
  return sum;
}
