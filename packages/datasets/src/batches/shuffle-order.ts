import { assertInteger, type Rng } from '@footlight/core';

/**
 * The numbers 0 … count − 1 in random order. The order of an epoch depends on `rng` alone, so that an epoch can be
 * resumed at any step.
 */
export function shuffleOrder(count: number, rng: Rng): Int32Array {
  const order = new Int32Array(count);
  for (let at = 0; at < count; at++) order[at] = at;
  return rng.shuffle(order);
}

/** How the rows of an epoch of sequences are ordered. */
export interface SequenceOrderOptions {
  /**
   * Batches per pool: rows in random order are sorted by length within pools of so many batches, and the batches are
   * shuffled again. The rows of a batch then have similar lengths, so that little is spent on padding; batches are no
   * longer uniform samples. Default: no pools, uniformly random batches.
   */
  readonly lengthPool?: number;
}

/** Checks the number of batches per pool. */
export function assertLengthPool(where: string, { lengthPool }: SequenceOrderOptions): void {
  if (lengthPool !== undefined) assertInteger(`${where}(lengthPool)`, lengthPool);
}

/**
 * The rows of an epoch in random order, sorted by length within pools of batches if asked for. The last batch, if it is
 * smaller, is a uniform sample in either case.
 *
 * @param lengths of the rows, whose numbers are 0, 1, …
 */
export function orderSequences(
  lengths: ArrayLike<number>,
  size: number,
  rng: Rng,
  { lengthPool }: SequenceOrderOptions,
): Int32Array {
  const order = shuffleOrder(lengths.length, rng);
  if (lengthPool === undefined) return order;
  const whole = Math.floor(order.length / size);
  const pool = lengthPool * size;
  for (let from = 0; from < whole * size; from += pool)
    order.subarray(from, Math.min(from + pool, whole * size)).sort((one, other) => lengths[one]! - lengths[other]!);
  const sorted = order.slice();
  shuffleOrder(whole, rng).forEach((batch, at) => {
    order.set(sorted.subarray(batch * size, (batch + 1) * size), at * size);
  });
  return order;
}
