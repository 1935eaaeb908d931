import { assertInteger } from '@footlight/core';
import { type Grouped, groupByUserInTime, piece } from './group-by-user.js';
import type { Interactions } from './types.js';

export interface WindowsOptions {
  /** Items in a window, at most. */
  readonly length: number;
  /** Items between the ends of two windows of a user. Default `length`: each item is in one window. */
  readonly step?: number;
  /** Windows with fewer items are left out. Default 2: one item alone predicts nothing. */
  readonly minimum?: number;
}

/** Pieces of users' histories, oldest item first, padded on the left. */
export interface Windows {
  /** Number of windows. */
  readonly count: number;
  readonly length: number;
  readonly users: Int32Array; // [window]
  /** Real items in each window; they are its last ones. What stands before them means nothing. */
  readonly lengths: Int32Array; // [window]
  readonly items: Int32Array; // [window, length]
}

/**
 * Cuts each user's history into windows, from its end.
 *
 * Windows end at the last item, `step` items before it, and so on. Users ascend, a user's windows go from new to old; interactions at the same time
 * keep the order of the source.
 *
 * @source Spotlight, `Interactions.to_sequence`, https://github.com/maciejkula/spotlight
 */
export function windows(interactions: Interactions, { length, step = length, minimum = Math.min(2, length) }: WindowsOptions): Windows {
  assertInteger('windows(length)', length);
  assertInteger('windows(step)', step);
  assertInteger('windows(minimum)', minimum, { maximum: length });
  const grouped = groupByUserInTime(interactions);
  const userCount = interactions.catalogue.userCount;
  const count = countWindows(grouped, userCount, step, minimum);
  const cut = { count, length, users: new Int32Array(count), lengths: new Int32Array(count), items: new Int32Array(count * length) };
  let window = 0;
  for (let user = 0; user < userCount; user++) {
    const rows = piece(grouped, user);
    for (let end = rows.length; end >= minimum; end -= step, window++) {
      const real = Math.min(length, end);
      const to = (window + 1) * length - real;
      cut.users[window] = user;
      cut.lengths[window] = real;
      for (let at = 0; at < real; at++) cut.items[to + at] = interactions.items[rows[end - real + at]!]!;
    }
  }
  return cut;
}

function countWindows({ offsets }: Grouped, userCount: number, step: number, minimum: number): number {
  let count = 0;
  for (let user = 0; user < userCount; user++) {
    const spare = offsets[user + 1]! - offsets[user]! - minimum;
    if (spare >= 0) count += Math.floor(spare / step) + 1;
  }
  return count;
}
