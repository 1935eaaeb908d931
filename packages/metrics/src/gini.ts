import { assertCutOff, type CutOff } from './count-hits.js';
import { countExposures, sum } from './exposure.js';
import type { ListMetric } from './types.js';

/**
 * Gini coefficient: how unevenly the lists show the catalogue; 0 if every item is shown equally often, near 1 if one is shown always.
 *
 * $$ \frac{\sum_{i=1}^{n} (2i - n - 1)\, x_i}{n \sum_i x_i} $$
 *
 * x are the numbers of times that each of the n items is shown, ascending.
 *
 * @denominator all items of the catalogue, those never shown included; NaN if no list shows anything
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or an id is not in the catalogue
 * @example
 * gini({ at: 1 }).measure(Int32Array.of(1, 1), new Float64Array(2), 2) // counts 0, 2: (−1 · 0 + 1 · 2) / (2 · 2) = 0.5
 * @source Gini, Variabilità e mutabilità (1912); for lists: Castells et al., Recommender Systems Handbook (2015), chapter 26
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
