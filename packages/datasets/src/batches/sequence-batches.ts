import { assertInteger, type Rng } from '@footlight/core';
import { assertStart } from '../assert-seed.js';
import type { Batch } from '../types.js';
import type { Windows } from '../windows.js';
import { shuffleOrder } from './shuffle-order.js';

/**
 * Batches of sequences for next-item prediction: every window once, in random order; the last batch may be smaller.
 *
 * Every item of a window is a target (the first one only with `firstTarget`), and the items before it in the window are
 * its history.
 *
 * @shape `history`, `targets`, `mask`, `targetMask`, `ratings`, `weights` `[batch, time]` with time = window length −
 *   1, with `firstTarget` window length
 * @param start number of batches to skip, to resume an epoch; the others are the same as without it
 */
export function* sequenceBatches(windows: Windows, size: number, rng: Rng, start = 0): Generator<Batch> {
  assertInteger('sequenceBatches(size)', size);
  assertStart('sequenceBatches', start);
  assertInteger('sequenceBatches(windows.length)', windows.length, { minimum: windows.firstTarget ? 1 : 2 });
  const order = shuffleOrder(windows.count, rng);
  for (let from = start * size; from < order.length; from += size)
    yield createBatch(windows, order.subarray(from, from + size));
}

function createBatch(
  { length, users, lengths, items, ratings, weights, firstTarget }: Windows,
  chosen: Int32Array,
): Batch {
  const skipped = firstTarget ? 0 : 1; // the number of first items that are no targets
  const time = length - skipped;
  const batch = chosen.length;
  const history = new Int32Array(batch * time);
  const targets = new Int32Array(batch * time);
  const rated = ratings && new Float32Array(batch * time);
  const weighted = weights && new Float32Array(batch * time);
  const mask = new Float32Array(batch * time);
  const targetMask = firstTarget ? new Float32Array(batch * time) : undefined;
  for (let row = 0; row < batch; row++) {
    const from = chosen[row]! * length;
    const end = (row + 1) * time;
    const real = lengths[chosen[row]!]!;
    history.set(items.subarray(from, from + length - 1), end - length + 1);
    targets.set(items.subarray(from + skipped, from + length), end - time);
    weighted?.set(weights!.subarray(from + skipped, from + length), end - time);
    rated?.set(ratings!.subarray(from + skipped, from + length), end - time);
    mask.fill(1, end - Math.max(0, real - 1), end);
    targetMask?.fill(1, end - real, end);
  }
  return {
    time,
    users: Int32Array.from(chosen, (window) => users[window]!),
    history,
    targets,
    mask,
    ...(targetMask ? { targetMask } : {}),
    ...(rated ? { ratings: rated } : {}),
    ...(weighted ? { weights: weighted } : {}),
  };
}
