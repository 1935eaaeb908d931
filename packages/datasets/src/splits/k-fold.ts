import { assertInteger, numpyRandom } from '@footlight/core';
import type { Split } from '../types.js';
import { splitByPart } from './split-by-part.js';

export interface KFoldOptions {
  /** Number of splits, at least 2. */
  readonly folds: number;
  /** Of the numpy generator. Default 42. */
  readonly seed?: number;
}

/**
 * As many splits as folds; each interaction is tested in exactly one of them.
 *
 * Rows are shuffled as numpy does and cut into pieces; where they do not divide evenly, the first pieces have one more.
 *
 * @source scikit-learn, `KFold(shuffle=True)`: the same rows
 */
export function kFold({ folds, seed = 42 }: KFoldOptions): Split[] {
  assertInteger('kFold(folds)', folds, { minimum: 2 });
  return Array.from({ length: folds }, (_, fold) => ({
    name: `k-fold(${fold + 1} of ${folds})`,
    protocol: { name: 'k-fold', folds, fold, seed },
    split(interactions) {
      const count = interactions.users.length;
      assertInteger('kFold(interactions)', count, { minimum: folds });
      const beginning = (of: number) => of * Math.floor(count / folds) + Math.min(of, count % folds);
      const part = new Uint8Array(count);
      for (const row of numpyRandom(seed)
        .permutation(count)
        .subarray(beginning(fold), beginning(fold + 1)))
        part[row] = 2;
      return splitByPart('kFold', interactions, part, false);
    },
  }));
}
