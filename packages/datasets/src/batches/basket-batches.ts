import { assertInteger, type Rng } from '@footlight/core';
import { assertStart } from '../assert-seed.js';
import { groupByUser, groupByUserInTime } from '../group-by-user.js';
import { listOccurringIds } from '../reindex.js';
import { gather } from '../select-rows.js';
import type { Interactions } from '../types.js';
import { shuffleOrder } from './shuffle-order.js';

/** The items of users as a sparse matrix in compressed rows: one basket per user with interactions. */
export interface Baskets {
  /** `[basket]` */
  readonly users: Int32Array;
  /** Where each basket begins in `items`, and where the last one ends, `[basket + 1]`. */
  readonly offsets: Int32Array;
  /** `[interaction]` */
  readonly items: Int32Array;
  /** `[interaction]` */
  readonly ratings?: Float32Array;
  /** `[interaction]` */
  readonly weights?: Float32Array;
}

/**
 * Collects the items of each user in canonical order, or in that of the source after a split with `order: 'source'`. A
 * pair that occurs twice is kept twice (see `dedupe`).
 */
export function toBaskets(interactions: Interactions): Baskets {
  const { catalogue, items, ratings, weights } = interactions;
  const { offsets, rows } =
    interactions.order === 'source' ? groupByUser(interactions) : groupByUserInTime(interactions);
  const users = listOccurringIds(interactions.users, catalogue.userCount);
  const begins = new Int32Array(users.length + 1).fill(rows.length); // users without rows have no basket
  gather(offsets, users, begins);
  return {
    users,
    offsets: begins,
    items: gather(items, rows, new Int32Array(rows.length)),
    ...(ratings && { ratings: gather(ratings, rows, new Float32Array(rows.length)) }),
    ...(weights && { weights: gather(weights, rows, new Float32Array(rows.length)) }),
  };
}

/**
 * Batches of whole baskets: every basket once, in random order; the last batch may be smaller.
 *
 * @shape `users` `[batch]`, `offsets` `[batch + 1]`, `items`, `ratings` and `weights` `[interactions of the batch]`
 * @param start number of batches to skip, to resume an epoch; the others are the same as without it
 */
export function* basketBatches(all: Baskets, size: number, rng: Rng, start = 0): Generator<Baskets> {
  assertInteger('basketBatches(size)', size);
  assertStart('basketBatches', start);
  const order = shuffleOrder(all.users.length, rng);
  for (let from = start * size; from < order.length; from += size)
    yield selectBaskets(all, order.subarray(from, from + size));
}

function selectBaskets({ users, offsets, items, ratings, weights }: Baskets, chosen: Int32Array): Baskets {
  const begins = new Int32Array(chosen.length + 1); // [batch + 1]
  for (let at = 0; at < chosen.length; at++)
    begins[at + 1] = begins[at]! + offsets[chosen[at]! + 1]! - offsets[chosen[at]!]!;
  const concatenate = <T extends Int32Array | Float32Array>(column: T, into: T): T => {
    chosen.forEach((basket, at) => void into.set(column.subarray(offsets[basket]!, offsets[basket + 1]!), begins[at]!));
    return into;
  };
  return {
    users: gather(users, chosen, new Int32Array(chosen.length)),
    offsets: begins,
    items: concatenate(items, new Int32Array(begins.at(-1)!)),
    ...(ratings && { ratings: concatenate(ratings, new Float32Array(begins.at(-1)!)) }),
    ...(weights && { weights: concatenate(weights, new Float32Array(begins.at(-1)!)) }),
  };
}
