import { assertInteger, type Rng } from '@footlight/core';
import { assertStart } from '../assert-seed.js';
import type { Batch } from '../types.js';
import type { Windows } from '../windows.js';
import { assertLengthPool, orderSequences, type SequenceOrderOptions } from './shuffle-order.js';

/**
 * Batches of sequences for next-item prediction: every window once, in random order; the last batch may be smaller.
 *
 * Every item of a window is a target (the first one only with `firstTarget`), and the items before it in the window are
 * its history.
 *
 * A batch has as many steps as its longest window needs: the padding that all its windows share is cut off.
 *
 * @shape `history`, `targets`, `mask`, `targetMask`, `ratings`, `weights` `[batch, time]` with time = largest number of
 *   items of a window of the batch − 1, at least 1; with `firstTarget` that number
 * @param start number of batches to skip, to resume an epoch; the others are the same as without it
 */
export function* sequenceBatches(
  windows: Windows,
  size: number,
  rng: Rng,
  start = 0,
  options: SequenceOrderOptions = {},
): Generator<Batch> {
  assertInteger('sequenceBatches(size)', size);
  assertStart('sequenceBatches', start);
  assertInteger('sequenceBatches(windows.length)', windows.length, { minimum: windows.firstTarget ? 1 : 2 });
  assertLengthPool('sequenceBatches', options);
  const order = orderSequences(windows.lengths, size, rng, options);
  for (let from = start * size; from < order.length; from += size)
    yield createBatch(windows, order.subarray(from, from + size));
}

function createBatch(
  { length, users, lengths, items, ratings, weights, firstTarget }: Windows,
  chosen: Int32Array,
): Batch {
  const skipped = firstTarget ? 0 : 1; // the number of first items that are no targets
  const batch = chosen.length;
  const time = Math.max(1, chosen.reduce((longest, window) => Math.max(longest, lengths[window]!), 0) - skipped);
  const history = new Int32Array(batch * time);
  const targets = new Int32Array(batch * time);
  const rated = ratings && new Float32Array(batch * time);
  const weighted = weights && new Float32Array(batch * time);
  const mask = new Float32Array(batch * time);
  const targetMask = firstTarget ? new Float32Array(batch * time) : undefined;
  for (let row = 0; row < batch; row++) {
    const to = (chosen[row]! + 1) * length; // the end of the window
    const end = (row + 1) * time;
    const real = lengths[chosen[row]!]!;
    const first = end - Math.max(0, real - 1); // the step with the first item
    const from = to - Math.min(time, length - skipped); // the item of the first target
    history.set(items.subarray(to - real, to - 1), first);
    targets.set(items.subarray(from, to), end - (to - from));
    weighted?.set(weights!.subarray(from, to), end - (to - from));
    rated?.set(ratings!.subarray(from, to), end - (to - from));
    mask.fill(1, first, end);
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
