import type { Interactions } from './types.js';

/**
 * Concatenates the rows of both, which share one catalogue. Ratings or times that only one of them has are left out;
 * without weights, all count 1. Published parts are left out.
 */
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
    ...(one.weights || other.weights ? { weights: both(readWeights(one), readWeights(other)) } : {}),
    ...(one.timestamps && other.timestamps ? { timestamps: both(one.timestamps, other.timestamps) } : {}),
    ...(one.order && { order: one.order }),
  };
}

function readWeights({ users, weights }: Interactions): Float32Array {
  return weights ?? new Float32Array(users.length).fill(1);
}
