import { assertInteger, type Rng } from '@footlight/core';
import type { Batch } from '../types.js';
import type { Windows } from '../windows.js';
import { shuffledOrder } from './order.js';

/**
 * Some windows per batch, all of them once, in random order; the last batch may be smaller. Every item but the first of a window is a target, and what
 * came before it is its history.
 *
 * @shape `history`, `targets`, `mask` `[batch, time]` with time = window length − 1
 * @param start batches to leave out from the front; the others are the same as without it
 */
export function* sequenceBatches(windows: Windows, size: number, rng: Rng, start = 0): Generator<Batch> {
  assertInteger('sequenceBatches(size)', size);
  assertInteger('sequenceBatches(windows.length)', windows.length, { minimum: 2 });
  const order = shuffledOrder(windows.count, rng);
  for (let from = start * size; from < order.length; from += size) yield batchOf(windows, order.subarray(from, from + size));
}

function batchOf({ length, users, lengths, items }: Windows, chosen: Int32Array): Batch {
  const time = length - 1;
  const batch = chosen.length;
  const history = new Int32Array(batch * time);
  const targets = new Int32Array(batch * time);
  const mask = new Float32Array(batch * time);
  for (let row = 0; row < batch; row++) {
    const from = chosen[row]! * length;
    const real = Math.max(0, lengths[chosen[row]!]! - 1);
    history.set(items.subarray(from, from + time), row * time);
    targets.set(items.subarray(from + 1, from + length), row * time);
    mask.fill(1, (row + 1) * time - real, (row + 1) * time);
  }
  return { time, users: Int32Array.from(chosen, (window) => users[window]!), history, targets, mask };
}
