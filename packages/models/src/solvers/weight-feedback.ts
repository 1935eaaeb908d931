import type { WeightedRows } from '@footlight/engine';
import type { ImplicitFeedback } from './implicit-feedback.js';

/** Weighting of the choices of items: `none` counts each user once. */
export type FeedbackWeighting = 'none' | 'tf-idf' | 'bm25';

export interface FeedbackWeights {
  readonly weighting: FeedbackWeighting;
  /** k₁ of BM25: how much repeated choices count. */
  readonly k1: number;
  /** b of BM25: how much items with many choices are discounted, from 0 to 1. */
  readonly b: number;
}

/**
 * Weights choices as words of documents: rows are documents, columns are terms. Users who chose many items say less
 * about each.
 *
 * $$ \text{idf}_u = \ln N - \ln(1 + n_u), \quad w_{iu} = \sqrt{n_{iu}} \, \text{idf}_u \quad \text{(tf-idf)} $$
 * $$ w_{iu} = \frac{n_{iu} (k_1 + 1)}{n_{iu} + k_1 (1 - b + b \, |i| / \overline{|i|})} \text{idf}_u \quad \text{(BM25)} $$
 *
 * where row i has the entry u $n_{iu}$ times, N is the number of rows, $n_u$ the number of rows with u, and $|i|$ the
 * sum of $n_{iu}$ over u.
 *
 * @source the library implicit, `tfidf_weight` and `bm25_weight`, https://github.com/benfred/implicit
 */
export function weightFeedback(
  { counts, offsets, ids }: ImplicitFeedback,
  columnCount: number,
  { weighting, k1, b }: FeedbackWeights,
): WeightedRows {
  if (weighting === 'none') return { offsets, ids };
  const rowCount = offsets.length - 1;
  const rowsWith = new Int32Array(columnCount);
  for (const id of ids) rowsWith[id]!++;
  const idf = Float64Array.from(rowsWith, (count) => Math.log(rowCount) - Math.log1p(count));
  const mean = counts.reduce((sum, count) => sum + count, 0) / rowCount;
  const weights = new Float32Array(counts.length);
  for (let row = 0; row < rowCount; row++) {
    let length = 0;
    for (let entry = offsets[row]!; entry < offsets[row + 1]!; entry++) length += counts[entry]!;
    const norm = k1 * (1 - b + (b * length) / mean);
    for (let entry = offsets[row]!; entry < offsets[row + 1]!; entry++) {
      const count = counts[entry]!;
      const frequency = weighting === 'tf-idf' ? Math.sqrt(count) : (count * (k1 + 1)) / (count + norm);
      weights[entry] = frequency * idf[ids[entry]!]!;
    }
  }
  return { offsets, ids, weights };
}

/** Transposes weighted rows: the rows that have each column, ascending. */
export function transposeWeighted({ offsets, ids, weights }: WeightedRows, columnCount: number): WeightedRows {
  const bounds = new Int32Array(columnCount + 1);
  for (const id of ids) bounds[id + 1]!++;
  for (let column = 0; column < columnCount; column++) bounds[column + 1]! += bounds[column]!;
  const next = bounds.slice();
  const [rows, values] = [new Int32Array(ids.length), weights && new Float32Array(ids.length)];
  for (let row = 0; row < offsets.length - 1; row++)
    for (let entry = offsets[row]!; entry < offsets[row + 1]!; entry++) {
      const to = next[ids[entry]!]!++;
      rows[to] = row;
      if (values) values[to] = weights![entry]!;
    }
  return { offsets: bounds, ids: rows, ...(values ? { weights: values } : {}) };
}
