import type { Interactions } from '@footlight/datasets';

/**
 * Creates the function that discounts the scores of popular items:
 *
 * $$ s'_i = s_i - d \, \sigma(s) \, \frac{\ln(1 + n_i)}{\ln(1 + n_{max})} $$
 *
 * with n the number of known interactions of an item, and σ the standard deviation of the scores.
 *
 * @shape scores `[item]` → `[item]`
 * @source ours
 */
export function createPopularityDiscount({
  catalogue,
  items,
}: Pick<Interactions, 'catalogue' | 'items'>): (scores: Float32Array, discount: number) => Float32Array {
  let popularity: Float32Array | undefined;
  return (scores, discount) => {
    popularity ??= scalePopularity(catalogue.itemCount, items);
    let [sum, squares] = [0, 0];
    for (const score of scores) {
      sum += score;
      squares += score * score;
    }
    const mean = sum / scores.length;
    const factor = discount * Math.sqrt(Math.max(0, squares / scores.length - mean * mean));
    return scores.map((score, item) => score - factor * popularity![item]!);
  };
}

/** ln(1 + n) of each item, as a part of the greatest. */
function scalePopularity(itemCount: number, items: Int32Array): Float32Array {
  const counts = new Float32Array(itemCount);
  for (const item of items) counts[item]!++;
  const greatest = Math.log1p(counts.reduce((high, count) => Math.max(high, count), 0));
  return counts.map((count) => (greatest === 0 ? 0 : Math.log1p(count) / greatest));
}
