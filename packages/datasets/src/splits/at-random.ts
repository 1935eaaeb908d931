import { numpyRandom } from '@footlight/core';
import { selectRows } from '../select-rows.js';
import type { Split } from '../types.js';
import { assertShares, formatShares } from './shares.js';

export interface AtRandomOptions {
  /** Share of the interactions that is tested, between 0 and 1. */
  readonly test: number;
  /** Share for validation, of all interactions. Default none. */
  readonly validation?: number;
  /** Of the numpy generator. Default 42. */
  readonly seed?: number;
}

/**
 * Interactions drawn without regard to user or time.
 *
 * The rows are shuffled as numpy does and stay in the order drawn; the first $\lfloor (1 - p)n \rfloor$ are train, the last ones test.
 *
 * @source Spotlight, `random_train_test_split`, https://github.com/maciejkula/spotlight
 */
export function atRandom(options: AtRandomOptions): Split {
  const { test, validation, seed = 42 } = options;
  assertShares('atRandom', options);
  return {
    name: `at-random(${formatShares(options)})`,
    protocol: { name: 'at-random', test, ...(validation === undefined ? {} : { validation }), seed },
    split(interactions) {
      const order = numpyRandom(seed).permutation(interactions.users.length);
      const known = Math.trunc((1 - test) * order.length);
      const learned = validation === undefined ? known : Math.trunc((1 - test - validation) * order.length);
      const select = (from: number, to: number) => selectRows(interactions, order.subarray(from, to));
      const train = select(0, learned);
      const targets = select(known, order.length);
      if (validation === undefined) return { train, test: { history: train, targets } };
      return {
        train,
        validation: { history: train, targets: select(learned, known) },
        test: { history: select(0, known), targets },
      };
    },
  };
}
