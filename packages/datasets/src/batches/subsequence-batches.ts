import { assertInteger, type Rng } from '@footlight/core';
import { assertStart } from '../assert-seed.js';
import type { Batch } from '../types.js';
import type { Windows } from '../windows.js';
import { assertLengthPool, orderSequences, type SequenceOrderOptions } from './shuffle-order.js';

/**
 * Batches of split subsequences for next-item prediction: every target of every window once, in random order, with the
 * items before it in its window as history; the last batch may be smaller.
 *
 * The pairs of history and target are those of `sequenceBatches`, which computes all targets of a window in one pass.
 *
 * @shape `history`, `mask` `[batch, time]` with time = length of the longest history of the batch, at least 1;
 *   `targets`, `ratings`, `weights` `[batch]`
 * @param start number of batches to skip, to resume an epoch; the others are the same as without it
 * @source Kula, "Neural networks for recommendations", 2017, whose second layout of the input matrix this is
 */
export function* subsequenceBatches(
  windows: Windows,
  size: number,
  rng: Rng,
  start = 0,
  options: SequenceOrderOptions = {},
): Generator<Batch> {
  assertInteger('subsequenceBatches(size)', size);
  assertStart('subsequenceBatches', start);
  assertInteger('subsequenceBatches(windows.length)', windows.length, { minimum: windows.firstTarget ? 1 : 2 });
  assertLengthPool('subsequenceBatches', options);
  const examples = listTargets(windows);
  const histories = examples.map((at) => at - findStart(windows, at));
  const order = orderSequences(histories, size, rng, options);
  for (let from = start * size; from < order.length; from += size)
    yield createBatch(
      windows,
      order.subarray(from, from + size).map((at) => examples[at]!),
    );
}

/** Counts the targets of all windows: the number of training examples of an epoch. */
export function countTargets({ lengths, firstTarget }: Windows): number {
  return lengths.reduce((count, length) => count + length - (firstTarget ? 0 : 1), 0);
}

/** Positions of the targets in `windows.items`. */
function listTargets(windows: Windows): Int32Array {
  const { count, length, lengths, firstTarget } = windows;
  const positions = new Int32Array(countTargets(windows));
  let found = 0;
  for (let window = 0; window < count; window++) {
    const end = (window + 1) * length;
    for (let at = end - lengths[window]! + (firstTarget ? 0 : 1); at < end; at++) positions[found++] = at;
  }
  return positions;
}

/** The position of the first item of the window of a target. */
function findStart({ length, lengths }: Windows, target: number): number {
  const window = Math.floor(target / length);
  return (window + 1) * length - lengths[window]!;
}

function createBatch(windows: Windows, targets: Int32Array): Batch {
  const { length, users, items, ratings, weights } = windows;
  const time = targets.reduce((longest, at) => Math.max(longest, at - findStart(windows, at)), 1);
  const batch = targets.length;
  const history = new Int32Array(batch * time);
  const mask = new Float32Array(batch * time);
  for (let row = 0; row < batch; row++) {
    const at = targets[row]!;
    const begin = findStart(windows, at);
    const end = (row + 1) * time;
    history.set(items.subarray(begin, at), end - (at - begin));
    mask.fill(1, end - (at - begin), end);
  }
  return {
    time,
    users: Int32Array.from(targets, (at) => users[Math.floor(at / length)]!),
    history,
    mask,
    targets: Int32Array.from(targets, (at) => items[at]!),
    targetMask: new Float32Array(batch).fill(1),
    lastStepOnly: true,
    ...(ratings ? { ratings: Float32Array.from(targets, (at) => ratings[at]!) } : {}),
    ...(weights ? { weights: Float32Array.from(targets, (at) => weights[at]!) } : {}),
  };
}
