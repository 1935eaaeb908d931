import { assertInteger, type Rng } from '@footlight/core';
import { assertStart } from '../assert-seed.js';
import { gather } from '../select-rows.js';
import type { Batch, Interactions } from '../types.js';
import { shuffleOrder } from './shuffle-order.js';

/**
 * Batches of pairs of user and item: every interaction once, in random order; the last batch may be smaller.
 *
 * @shape `users`, `targets`, `ratings`, `weights`, `mask`, `rows` `[batch, 1]`; `history` `[batch, 1]` has no meaning
 * @param start number of batches to skip, to resume an epoch; the others are the same as without it
 */
export function* pairBatches(train: Interactions, size: number, rng: Rng, start = 0): Generator<Batch> {
  assertInteger('pairBatches(size)', size);
  assertStart('pairBatches', start);
  const order = shuffleOrder(train.users.length, rng);
  const { ratings, weights } = train;
  const pairs = interleavePairs(train);
  for (let from = start * size; from < order.length; from += size) {
    const rows = order.subarray(from, from + size);
    const batch = rows.length;
    const [users, targets] = [new Int32Array(batch), new Int32Array(batch)];
    for (let at = 0; at < batch; at++) {
      const pair = 2 * rows[at]!;
      users[at] = pairs[pair]!;
      targets[at] = pairs[pair + 1]!;
    }
    yield {
      time: 1,
      users,
      history: new Int32Array(batch),
      targets,
      mask: new Float32Array(batch).fill(1),
      rows,
      ...(ratings && { ratings: gather(ratings, rows, new Float32Array(batch)) }),
      ...(weights && { weights: gather(weights, rows, new Float32Array(batch)) }),
    };
  }
}

/**
 * Users and items side by side, `[row, 2]`: rows are read in random order, and so each row costs one cache miss instead
 * of two.
 */
function interleavePairs({ users, items }: Interactions): Int32Array {
  const pairs = new Int32Array(2 * users.length);
  for (let row = 0; row < users.length; row++) {
    pairs[2 * row] = users[row]!;
    pairs[2 * row + 1] = items[row]!;
  }
  return pairs;
}
