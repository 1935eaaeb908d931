import { assertInteger, type Rng } from '@footlight/core';
import { gather } from '../select-rows.js';
import type { Batch, Interactions } from '../types.js';
import { shuffledOrder } from './order.js';

/**
 * One interaction per query, all of them once, in random order; the last batch may be smaller.
 *
 * @shape `users`, `targets`, `ratings`, `mask`, `rows` `[batch, 1]`; `history` `[batch, 1]` holds nothing
 * @param start batches to leave out from the front; the others are the same as without it
 */
export function* pairBatches(train: Interactions, size: number, rng: Rng, start = 0): Generator<Batch> {
  assertInteger('pairBatches(size)', size);
  const order = shuffledOrder(train.users.length, rng);
  const { users, items, ratings } = train;
  for (let from = start * size; from < order.length; from += size) {
    const rows = order.subarray(from, from + size);
    const batch = rows.length;
    yield {
      time: 1,
      users: gather(users, rows, new Int32Array(batch)),
      history: new Int32Array(batch),
      targets: gather(items, rows, new Int32Array(batch)),
      mask: new Float32Array(batch).fill(1),
      rows,
      ...(ratings && { ratings: gather(ratings, rows, new Float32Array(batch)) }),
    };
  }
}
