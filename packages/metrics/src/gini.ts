import { assertCutOff, type CutOff } from './count-hits.js';
import { countExposures, sum } from './exposure.js';
import type { ListMetric } from './types.js';

/**
 * Gini coefficient: the inequality of how often the lists recommend the items of the catalogue.
 *
 * $$ \frac{\sum_{i=1}^{n} (2i - n - 1)\, x_i}{n \sum_i x_i} $$
 *
 * x are the numbers of recommendations of each of the n items, ascending. From 0, if all items are recommended equally
 * often, to (n − 1) / n, if one item gets all recommendations; lower is more diverse.
 *
 * @denominator all items of the catalogue, including those that are never recommended; NaN if all lists are empty
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or if an id is not in the catalogue
 * @example
 * // counts 0 and 2: (−1 · 0 + 1 · 2) / (2 · 2) = 0.5
 * gini({ at: 1 }).measure(Int32Array.of(1, 1), new Float64Array(2), 2)
 * @source Gini, Variabilità e mutabilità (1912); for lists: Castells et al., Recommender Systems Handbook (2015),
 *   chapter 26
 */
export function gini({ at }: CutOff): ListMetric {
  assertCutOff('gini', at);
  return {
    kind: 'list',
    name: `gini@${at}`,
    protocol: { at },
    at,
    measure(lists, popularity) {
      const counts = countExposures('gini(lists)', lists, popularity.length).sort();
      const weighted = counts.map((count, i) => (2 * (i + 1) - counts.length - 1) * count);
      return sum(weighted) / (counts.length * sum(counts)); // 0 / 0 = NaN
    },
  };
}
