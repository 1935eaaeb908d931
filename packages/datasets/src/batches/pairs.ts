import { assertInteger, type Rng } from '@footlight/core';
import type { Batch, Interactions } from '../types.js';
import { shuffledOrder } from './order.js';

/**
 * One interaction per query, all of them once, in random order; the last batch may be smaller.
 *
 * @shape `users`, `targets`, `ratings`, `mask` `[batch, 1]`; `history` `[batch, 1]` holds nothing
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
      users: pick(users, rows),
      history: new Int32Array(batch),
      targets: pick(items, rows),
      mask: new Float32Array(batch).fill(1),
      ...(ratings && { ratings: Float32Array.from(rows, (row) => ratings[row]!) }),
    };
  }
}

function pick(column: Int32Array, rows: Int32Array): Int32Array {
  const picked = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at++) picked[at] = column[rows[at]!]!;
  return picked;
}
