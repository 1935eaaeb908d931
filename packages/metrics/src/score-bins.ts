/**
 * Equal bins between the lowest and the highest score of the relevant items of a query.
 *
 * Most bins hold no relevant item, so that it is enough to count the candidates in them. A binary search for each
 * candidate would branch at each of its steps, which the processor cannot predict.
 */
export interface ScoreBins {
  /** Lowest score; NaN if there are no scores, since no candidate has a score ≥ NaN. */
  readonly lowest: number;
  /** Number of bins per unit of score; 0 if all scores fall into one bin. */
  readonly scale: number;
  /**
   * `[bin + 1]`: for a score in a bin, the first index with a score at most as high is from `starts[bin + 1]` to
   * `starts[bin]`.
   */
  readonly starts: Int32Array;
}

/** Index of the last bin, which holds the scores above the highest one. */
export const LAST_BIN = 1024;

/** Creates the bins of some scores in descending order. @shape descending `[group]` */
export function createBins(descending: Float64Array): ScoreBins {
  const lowest = descending.at(-1) ?? Number.NaN;
  const width = descending[0]! - lowest;
  const scale = width > 0 && width < Infinity ? (LAST_BIN - 1) / width : 0;
  const starts = new Int32Array(LAST_BIN + 2);
  starts[0] = descending.length;
  for (let bin = 0, group = descending.length; bin <= LAST_BIN; bin++) {
    while (group > 0 && findBin(descending[group - 1]!, lowest, scale) <= bin) group--;
    starts[bin + 1] = group; // the first in this bin or a lower one
  }
  return { lowest, scale, starts };
}

/**
 * Finds the bin of a score. The result never decreases as the score increases, whatever the rounding; `starts` relies
 * on that.
 */
export function findBin(score: number, lowest: number, scale: number): number {
  return Math.min((score - lowest) * scale, LAST_BIN) | 0;
}
