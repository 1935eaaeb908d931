import { assertInteger, numpyRandom } from '@footlight/core';
import { assertSeed } from '../assert-seed.js';
import { assertRowOrder, putInOrder, type RowOrderOptions } from '../row-order.js';
import type { Split } from '../types.js';
import { splitByPart } from './split-by-part.js';

export interface KFoldOptions extends RowOrderOptions {
  /** Number of folds, at least 2. */
  readonly folds: number;
  /** Seed of the numpy generator. Default 42. */
  readonly seed?: number;
}

/**
 * K-fold cross-validation: one split per fold; each interaction is in the test part of exactly one of them.
 *
 * Rows are shuffled as numpy does and divided into folds; if they do not divide evenly, the first folds have one row
 * more.
 *
 * @source scikit-learn, `KFold(shuffle=True)`: the same rows with `order: 'source'`
 */
export function kFold({ folds, seed = 42, ...options }: KFoldOptions): Split[] {
  const order = assertRowOrder('kFold', options.order);
  assertSeed('kFold', seed);
  assertInteger('kFold(folds)', folds, { minimum: 2 });
  return Array.from({ length: folds }, (_, fold) => ({
    name: `k-fold(${fold + 1} of ${folds})`,
    protocol: { name: 'k-fold', folds, fold, seed, order },
    split(all) {
      const interactions = putInOrder(all, order);
      const count = interactions.users.length;
      assertInteger('kFold(interactions)', count, { minimum: folds });
      const findStart = (of: number) => of * Math.floor(count / folds) + Math.min(of, count % folds);
      const part = new Uint8Array(count);
      for (const row of numpyRandom(seed)
        .permutation(count)
        .subarray(findStart(fold), findStart(fold + 1)))
        part[row] = 2;
      return splitByPart('kFold', interactions, part, false);
    },
  }));
}
