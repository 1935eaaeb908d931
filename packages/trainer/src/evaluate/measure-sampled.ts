import { RecsysError, type Rng } from '@footlight/core';
import { type RankTargetsOptions, sumSparseRows } from '@footlight/engine';
import type { RankMetric } from '@footlight/metrics';

/** The score of an item for a query of a batch. */
export type ScoreLookup = (query: number, item: number) => number;

/**
 * Creates a lookup of single scores; products are multiplied one by one, since few scores are read, sums of sparse rows
 * all at once.
 */
export function createScoreLookup(scores: RankTargetsOptions['scores'], itemCount: number): ScoreLookup {
  if ('bags' in scores) return createScoreLookup({ rows: sumSparseRows(scores, itemCount) }, itemCount);
  if ('rows' in scores) return (query, item) => scores.rows[query * itemCount + item]!;
  const { vectors, table, bias } = scores;
  const dim = table.length / itemCount;
  return (query, item) => {
    let score = bias ? bias[item]! : 0;
    for (let k = 0; k < dim; k++) score += vectors[query * dim + k]! * table[item * dim + k]!;
    return score;
  };
}

/**
 * Measures a sampled metric: the mean over the relevant items of a query, each ranked against its own sample of items.
 * See `sampled` of `@footlight/metrics`. The relevant item itself, if drawn, is not tied with itself.
 */
export function measureSampled(
  metric: RankMetric,
  score: ScoreLookup,
  query: number,
  relevant: Int32Array,
  itemCount: number,
  rng: Rng,
): number {
  const count = metric.sampled!;
  let sum = 0;
  for (const item of relevant) {
    const own = score(query, item);
    if (Number.isNaN(own))
      throw new RecsysError(
        'not-finite',
        `evaluate: expected a number for every item, received NaN for item ${item}. Did the training diverge?`,
      );
    let [better, equal, lower] = [0, 0, 0]; // lower: those of the equal ones with a lower id
    for (let draw = 0; draw < count; draw++) {
      const drawn = rng.integer(itemCount);
      const other = score(query, drawn);
      if (other > own) better++;
      else if (other === own && drawn !== item) {
        equal++;
        if (drawn < item) lower++;
      }
    }
    sum += metric.measure({
      ranks: [better + lower],
      bestRanks: [better],
      worstRanks: [better + equal],
      candidateCount: count + 1,
      relevantCount: 1,
    });
  }
  return sum / relevant.length;
}
