import { invalid } from '@footlight/core';
import type { Interactions } from './types.js';

/** Columns that interactions may lack. */
const optional = ['ratings', 'weights', 'timestamps', 'parts'] as const;

/**
 * Concatenates the rows of both, which share one catalogue and have the same columns, unless one of them has no rows.
 * The low ratings are those of the first, as parts of one split have the same.
 *
 * @throws {RecsysError} `invalid-argument` if only one of them has a column
 */
export function concatenateInteractions(one: Interactions, other: Interactions): Interactions {
  if (other.users.length === 0) return one;
  if (one.users.length === 0) return { ...other, ...(one.order && { order: one.order }) };
  const stray = optional.find((name) => !one[name] !== !other[name]);
  if (stray)
    invalid(
      'concatenateInteractions',
      'both interactions with the same columns',
      `${stray} of one of them`,
      'Add the column to both, or remove it.',
    );
  const { ratings, weights, timestamps, parts } = one;
  return {
    catalogue: one.catalogue,
    users: joinColumns(one.users, other.users),
    items: joinColumns(one.items, other.items),
    ...(ratings && { ratings: joinColumns(ratings, other.ratings!) }),
    ...(weights && { weights: joinColumns(weights, other.weights!) }),
    ...(timestamps && { timestamps: joinColumns(timestamps, other.timestamps!) }),
    ...(parts && { parts: joinColumns(parts, other.parts!) }),
    ...(one.lowRated && { lowRated: one.lowRated }),
    ...(one.positions && { positions: one.positions }),
    ...(one.order && { order: one.order }),
  };
}

/** The values of both columns in one. */
export function joinColumns<T extends Int32Array | Float32Array | Float64Array | Uint8Array>(one: T, other: T): T {
  const whole = new (one.constructor as new (length: number) => T)(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}
