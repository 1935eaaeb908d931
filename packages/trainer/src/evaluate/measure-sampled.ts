import { RecsysError, type Rng } from '@footlight/core';
import { type RankTargetsOptions, type SparseProduct, sumSparseRows } from '@footlight/engine';
import type { RankMetric } from '@footlight/metrics';

/** The score of an item for a query of a batch. */
export type ScoreLookup = (query: number, item: number) => number;

/**
 * Creates a lookup of single scores. Products are multiplied one by one, since few scores are read; sums of sparse rows
 * are computed for one query at a time, when the first of its scores is read.
 */
export function createScoreLookup(scores: RankTargetsOptions['scores'], itemCount: number): ScoreLookup {
  if ('bags' in scores) return createSparseLookup(scores, itemCount);
  if ('rows' in scores) return (query, item) => scores.rows[query * itemCount + item]!;
  const { vectors, table, bias } = scores;
  const dim = table.length / itemCount;
  return (query, item) => {
    let score = bias ? bias[item]! : 0;
    for (let k = 0; k < dim; k++) score += vectors[query * dim + k]! * table[item * dim + k]!;
    return score;
  };
}

function createSparseLookup({ bags, sparseTable }: SparseProduct, itemCount: number): ScoreLookup {
  const { offsets, ids, weights } = bags;
  let computed: { readonly query: number; readonly row: Float32Array } | undefined;
  const computeRow = (query: number): Float32Array => {
    const [from, to] = [offsets[query]!, offsets[query + 1]!];
    const own = { ids: ids.subarray(from, to), ...(weights && { weights: weights.subarray(from, to) }) };
    return sumSparseRows({ bags: { offsets: Int32Array.of(0, to - from), ...own }, sparseTable }, itemCount);
  };
  return (query, item) => {
    if (computed?.query !== query) computed = { query, row: computeRow(query) };
    return computed.row[item]!;
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
