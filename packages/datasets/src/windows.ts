import { assertInteger, invalid } from '@footlight/core';
import { type GroupedRows, getGroup, groupByUserInTime } from './group-by-user.js';
import { gather } from './select-rows.js';
import type { Interactions } from './types.js';

export interface WindowsOptions {
  /** Items in a window, at most. */
  readonly length: number;
  /** Items between the ends of two windows of a user. Default `length`: each item is in one window. */
  readonly step?: number;
  /** Windows with fewer items are left out. Default 2: one item alone predicts nothing; with `firstTarget` 1. */
  readonly minimum?: number;
  /** Where cutting begins: at the `end` of a history (Spotlight), so that its oldest window may be short, or at its `start` (netrex), so that its latest may. Default `end`. */
  readonly from?: 'start' | 'end';
  /** Whether the first item of a window is a target too, predicted from nothing (Spotlight). Default false. */
  readonly firstTarget?: boolean;
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
  readonly ratings?: Float32Array; // [window, length]
  readonly firstTarget: boolean;
}

/**
 * Cuts each user's history into windows, from its end or from its start.
 *
 * Windows end at the last item, `step` items before it, and so on; from the start they begin at the first item, `step` items after it, and so on.
 * Users ascend, a user's windows go from new to old, from the start from old to new; interactions at the same time keep the order of the source.
 *
 * @source Spotlight, `Interactions.to_sequence`, https://github.com/maciejkula/spotlight
 */
export function windows(interactions: Interactions, options: WindowsOptions): Windows {
  const wanted = assertWindows('windows', options);
  const { length, firstTarget } = wanted;
  const grouped = groupByUserInTime(interactions);
  const count = countWindows(grouped, interactions.catalogue.userCount, wanted);
  const { items, ratings } = interactions;
  const cut = {
    count,
    length,
    firstTarget,
    users: new Int32Array(count),
    lengths: new Int32Array(count),
    items: new Int32Array(count * length),
    ...(ratings ? { ratings: new Float32Array(count * length) } : {}),
  };
  let window = 0;
  for (const { user, rows } of cutWindows(grouped, wanted)) {
    const to = ++window * length - rows.length;
    cut.users[window - 1] = user;
    cut.lengths[window - 1] = rows.length;
    gather(items, rows, cut.items.subarray(to, to + rows.length));
    if (ratings) gather(ratings, rows, cut.ratings!.subarray(to, to + rows.length));
  }
  return cut;
}

/** Checks the options and spells out the defaults. */
export function assertWindows(
  where: string,
  { length, step = length, firstTarget = false, from = 'end', ...rest }: WindowsOptions,
): Required<WindowsOptions> {
  const { minimum = firstTarget ? 1 : Math.min(2, length) } = rest;
  assertInteger(`${where}(length)`, length);
  assertInteger(`${where}(step)`, step);
  assertInteger(`${where}(minimum)`, minimum, { maximum: length });
  if (from !== 'start' && from !== 'end') invalid(`${where}(from)`, "'start' or 'end'", from);
  return { length, step, minimum, firstTarget, from };
}

/** The rows of each window, oldest first; users ascend, a user's windows go away from where cutting begins. */
export function* cutWindows(
  grouped: GroupedRows,
  { length, step, minimum, from }: Required<WindowsOptions>,
): Generator<{ readonly user: number; readonly rows: Int32Array }> {
  for (let user = 0; user + 1 < grouped.offsets.length; user++) {
    const rows = getGroup(grouped, user);
    const count = rows.length;
    // The one way mirrors the other: what is `used` at one end is left over at the other.
    for (let used = 0; count - used >= minimum; used += step) {
      const reached = Math.min(count, used + length);
      yield {
        user,
        rows: from === 'start' ? rows.subarray(used, reached) : rows.subarray(count - reached, count - used),
      };
    }
  }
}

function countWindows(
  { offsets }: GroupedRows,
  userCount: number,
  { step, minimum }: Required<WindowsOptions>,
): number {
  let count = 0;
  for (let user = 0; user < userCount; user++) {
    const spare = offsets[user + 1]! - offsets[user]! - minimum;
    if (spare >= 0) count += Math.floor(spare / step) + 1;
  }
  return count;
}
