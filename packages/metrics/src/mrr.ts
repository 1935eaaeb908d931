import { invalid } from '@footlight/core';
import type { RankedQuery, RankMetric } from './types.js';

/** Options of `mrr`. */
export interface MrrOptions {
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
 * R are the relevant items of the query, r their average ranks from 0: items with equal scores share the mean of their
 * ranks. Relevant items that are not candidates add 0. From 0 to 1; higher is better.
 *
 * @denominator `all`: relevant items, candidates or not; `first`: none. NaN if no item is relevant
 * @throws {RecsysError} `invalid-argument` if `over` is neither
 * @example
 * mrr().measure({ ranks: [0, 3], averageRanks: [0, 3], candidateCount: 7, relevantCount: 2 }) // (1 + 1/4) / 2 = 0.625
 * @source `all`: Spotlight, `mrr_score`; `first`: Voorhees, TREC-8 (1999); LightFM, `reciprocal_rank`
 */
export function mrr({ over = 'all' }: MrrOptions = {}): RankMetric {
  if (over !== 'all' && over !== 'first') invalid('mrr(over)', "'all' or 'first'", over);
  return {
    kind: 'rank',
    name: over === 'all' ? 'mrr' : `mrr(${over})`,
    protocol: { over, ties: 'average' },
    measure: over === 'all' ? averageReciprocals : takeFirstReciprocal,
  };
}

function averageReciprocals({ averageRanks, relevantCount }: RankedQuery): number {
  let sum = 0;
  for (let i = 0; i < averageRanks.length; i++) sum += 1 / (averageRanks[i]! + 1);
  return sum / relevantCount; // 0 / 0 = NaN
}

function takeFirstReciprocal({ averageRanks, relevantCount }: RankedQuery): number {
  if (relevantCount === 0) return Number.NaN;
  return averageRanks.length === 0 ? 0 : 1 / (averageRanks[0]! + 1);
}
