import { numpyRandom } from '@footlight/core';
import { assertSeed } from '../assert-seed.js';
import { assertRowOrder, putInOrder, type RowOrderOptions } from '../row-order.js';
import { selectRows } from '../select-rows.js';
import type { Split } from '../types.js';
import {
  assertFilled,
  assertRounding,
  assertShares,
  divideByShares,
  formatShares,
  type PartSizes,
  type Rounding,
} from './shares.js';

export interface AtRandomOptions extends RowOrderOptions {
  /** Share of the interactions for the test part, between 0 and 1. */
  readonly test: number;
  /** Share of all interactions for the validation part. Default: no validation part. */
  readonly validation?: number;
  /**
   * How shares of the interactions become whole numbers. Default `largest-remainder`; `truncate` as Spotlight, whose
   * train part has $\lfloor (1 - p)n \rfloor$ rows.
   */
  readonly rounding?: Rounding;
  /** Seed of the numpy generator. Default 42. */
  readonly seed?: number;
}

/**
 * Random split of interactions, regardless of user and time.
 *
 * The rows are shuffled as numpy does and stay in that order; the first ones are the train part, the last ones the test
 * part. With `order: 'source'` and `rounding: 'truncate'` these are the rows of Spotlight.
 *
 * @source Spotlight, `random_train_test_split`, https://github.com/maciejkula/spotlight
 */
export function atRandom(options: AtRandomOptions): Split {
  const { test, validation, seed = 42 } = options;
  assertShares('atRandom', options);
  const order = assertRowOrder('atRandom', options.order);
  assertSeed('atRandom', seed);
  const rounding = assertRounding('atRandom', options.rounding);
  return {
    name: `at-random(${formatShares(options)})`,
    protocol: { name: 'at-random', test, ...(validation === undefined ? {} : { validation }), rounding, seed, order },
    split(all) {
      const interactions = putInOrder(all, order);
      const shuffled = numpyRandom(seed).permutation(interactions.users.length);
      const sizes =
        rounding === 'truncate' ? truncate(shuffled.length, options) : divideByShares(shuffled.length, options);
      assertFilled('atRandom', sizes, validation !== undefined);
      const trainEnd = sizes.train;
      const testStart = shuffled.length - sizes.test;
      const select = (from: number, to: number) => selectRows(interactions, shuffled.subarray(from, to));
      const train = select(0, trainEnd);
      const targets = select(testStart, shuffled.length);
      if (validation === undefined) return { train, test: { history: train, targets } };
      return {
        train,
        validation: { history: train, targets: select(trainEnd, testStart) },
        test: { history: select(0, testStart), targets },
      };
    },
  };
}

/** As in Spotlight: the train part ends at $\lfloor (1 - p)n \rfloor$. */
function truncate(count: number, { test, validation }: AtRandomOptions): PartSizes {
  const testStart = Math.trunc((1 - test) * count);
  const train = validation === undefined ? testStart : Math.trunc((1 - test - validation) * count);
  return { train, validation: testStart - train, test: count - testStart };
}
