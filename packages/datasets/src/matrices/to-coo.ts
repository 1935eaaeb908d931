import { invalid } from '@footlight/core';
import type { Interactions } from '../types.js';

export interface MatrixOptions {
  /**
   * The values of the matrix: `ones`, the ratings, or the weights. Default: weights where the interactions have them,
   * else `ones`.
   */
  readonly values?: 'ones' | 'ratings' | 'weights';
}

/** A sparse matrix of users by items in coordinates: entry e is `data[e]` in row `row[e]` and column `col[e]`. */
export interface CooMatrix {
  /** Number of users and of items, those without interactions included. */
  readonly shape: readonly [users: number, items: number];
  /** Dense user ids, `[entry]`. */
  readonly row: Int32Array;
  /** Dense item ids, `[entry]`. */
  readonly col: Int32Array;
  /** `[entry]` */
  readonly data: Float32Array;
}

/**
 * Converts interactions to a sparse matrix in coordinates, one entry per interaction, in their order: the fields of
 * `scipy.sparse.coo_matrix`. A pair that occurs twice has two entries.
 *
 * @throws {RecsysError} `invalid-argument` if the interactions have no such values
 * @example
 * toCoo(interactions, { values: 'ratings' }) // { shape: [943, 1682], row, col, data }
 */
export function toCoo(interactions: Interactions, options: MatrixOptions = {}): CooMatrix {
  const { catalogue, users, items } = interactions;
  return {
    shape: [catalogue.userCount, catalogue.itemCount],
    row: users.slice(),
    col: items.slice(),
    data: selectValues('toCoo', interactions, options),
  };
}

/** The values of the entries, `[interaction]`. */
export function selectValues(
  where: string,
  { users, ratings, weights }: Interactions,
  { values = weights ? 'weights' : 'ones' }: MatrixOptions,
): Float32Array {
  const fail = (what: string): never => invalid(`${where}(values)`, `interactions with ${what}`, 'none', "Try 'ones'.");
  switch (values) {
    case 'ones':
      return new Float32Array(users.length).fill(1);
    case 'ratings':
      return (ratings ?? fail('ratings')).slice();
    case 'weights':
      return (weights ?? fail('weights')).slice();
    default:
      return invalid(`${where}(values)`, "'ones', 'ratings' or 'weights'", values);
  }
}
