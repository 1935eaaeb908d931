import { assertCutOff, type CutOff } from './count-hits.js';
import { countExposures, sum } from './exposure.js';
import type { ListMetric } from './types.js';

/**
 * Novelty: the mean self-information of the recommended items, in bits.
 *
 * $$ \frac{1}{\sum_q |L_q|} \sum_q \sum_{i \in L_q} -\log_2 p(i), \qquad p(i) = \min\left(1, \frac{\max(1, \mathrm{popularity}_i)}{\mathrm{users}}\right) $$
 *
 * L_q is the list of query q, and p the share of users who have the item in the training data, among those who
 * have any; several interactions of one user with an item count once. An item without users
 * counts as if it had one user, since its self-information would be infinite. From 0 to log2(users); higher means less
 * popular items.
 *
 * @denominator recommended items, including repeats; NaN if there are none
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or if an id is not in the catalogue
 * @example
 * novelty({ at: 1 }).measure(Int32Array.of(0, 1), Float64Array.of(4, 1), 8) // (log2(8/4) + log2(8/1)) / 2 = 2 bits
 * @source Zhou et al., PNAS 107 (2010), https://doi.org/10.1073/pnas.1000488107
 */
export function novelty({ at }: CutOff): ListMetric {
  assertCutOff('novelty', at);
  return {
    kind: 'list',
    name: `novelty@${at}`,
    protocol: { at, unseen: 'as if seen once' },
    at,
    measure(lists, popularity, userCount) {
      const counts = countExposures('novelty(lists)', lists, popularity.length);
      const bits = counts.map(
        (count, item) => count * Math.max(0, Math.log2(userCount / Math.max(1, popularity[item]!))),
      );
      return sum(bits) / sum(counts); // 0 / 0 = NaN
    },
  };
}
