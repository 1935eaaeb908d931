import { assertCutOff, type CutOff } from './count-hits.js';
import { countExposures, sum } from './exposure.js';
import type { ListMetric } from './types.js';

/**
 * Coverage: which share of the catalogue is shown to anybody.
 *
 * $$ \frac{|\bigcup_q L_q|}{|\mathrm{items}|} $$
 *
 * @denominator all items of the catalogue, those without interactions included; NaN if no list shows anything
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or an id is not in the catalogue
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
