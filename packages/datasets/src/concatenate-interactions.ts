import type { Interactions } from './types.js';

/** Concatenates the rows of both, which share one catalogue. Columns that only one of them has are left out. */
export function concatenateInteractions(one: Interactions, other: Interactions): Interactions {
  const both = <T extends Int32Array | Float32Array | Float64Array>(a: T, b: T): T => {
    const whole = new (a.constructor as new (length: number) => T)(a.length + b.length);
    whole.set(a);
    whole.set(b, a.length);
    return whole;
  };
  return {
    catalogue: one.catalogue,
    users: both(one.users, other.users),
    items: both(one.items, other.items),
    ...(one.ratings && other.ratings ? { ratings: both(one.ratings, other.ratings) } : {}),
    ...(one.weights && other.weights ? { weights: both(one.weights, other.weights) } : {}),
    ...(one.timestamps && other.timestamps ? { timestamps: both(one.timestamps, other.timestamps) } : {}),
    ...(one.order && { order: one.order }),
  };
}
