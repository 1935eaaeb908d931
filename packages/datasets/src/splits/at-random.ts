import { numpyRandom } from '@footlight/core';
import { selectRows } from '../select-rows.js';
import type { Split } from '../types.js';
import { assertShares, formatShares } from './shares.js';

export interface AtRandomOptions {
  /** Share of the interactions for the test part, between 0 and 1. */
  readonly test: number;
  /** Share of all interactions for the validation part. Default: no validation part. */
  readonly validation?: number;
  /** Seed of the numpy generator. Default 42. */
  readonly seed?: number;
}

/**
 * Random split of interactions, regardless of user and time.
 *
 * The rows are shuffled as numpy does and stay in that order; the first $\lfloor (1 - p)n \rfloor$ rows are the train
 * part, the last ones the test part.
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
      const testStart = Math.trunc((1 - test) * order.length);
      const trainEnd = validation === undefined ? testStart : Math.trunc((1 - test - validation) * order.length);
      const select = (from: number, to: number) => selectRows(interactions, order.subarray(from, to));
      const train = select(0, trainEnd);
      const targets = select(testStart, order.length);
      if (validation === undefined) return { train, test: { history: train, targets } };
      return {
        train,
        validation: { history: train, targets: select(trainEnd, testStart) },
        test: { history: select(0, testStart), targets },
      };
    },
  };
}
