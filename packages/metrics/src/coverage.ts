import { assertCutOff, type CutOff } from './count-hits.js';
import { countExposures, sum } from './exposure.js';
import type { ListMetric } from './types.js';

/**
 * Catalogue coverage: the share of the items of the catalogue that at least one list recommends.
 *
 * $$ \frac{|\bigcup_q L_q|}{|\mathrm{items}|} $$
 *
 * L_q is the list of query q.
 *
 * From 0 to 1; higher is more diverse.
 *
 * @denominator all items of the catalogue, including those without interactions; NaN if all lists are empty
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or if an id is not in the catalogue
 * @example
 * coverage({ at: 2 }).measure(Int32Array.of(0, 1, 0, 2), new Float64Array(5), 2) // items 0, 1, 2 of 5: 0.6
 * @source Ge et al., RecSys 2010, https://doi.org/10.1145/1864708.1864761
 */
export function coverage({ at }: CutOff): ListMetric {
  assertCutOff('coverage', at);
  return {
    kind: 'list',
    name: `coverage@${at}`,
    protocol: { at },
    at,
    measure(lists, popularity) {
      const counts = countExposures('coverage(lists)', lists, popularity.length);
      return sum(counts) === 0 ? Number.NaN : counts.filter((count) => count > 0).length / counts.length;
    },
  };
}
