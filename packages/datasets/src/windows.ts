import { assertInteger, invalid } from '@footlight/core';
import { type GroupedRows, getGroup } from './group-by.js';
import { groupByUserInTime } from './group-by-user.js';
import { assertRowOrder, assertTimes } from './row-order.js';
import { gather } from './select-rows.js';
import type { Interactions, RowOrder } from './types.js';

export interface WindowsOptions {
  /** Maximum number of items per window. */
  readonly length: number;
  /**
   * Stride: number of items between the ends of two windows of a user. Default `length`, so that windows do not
   * overlap.
   */
  readonly step?: number;
  /**
   * Minimum number of items; shorter windows are left out. Default 2, since one item alone has no target; with
   * `firstTarget` 1.
   */
  readonly minimum?: number;
  /**
   * Where the first window is cut. `end` of the history (default, Spotlight): the oldest window may be shorter. `start`
   * (netrex): the latest window may be shorter.
   */
  readonly from?: 'start' | 'end';
  /**
   * Whether the first item of a window is a target as well, predicted from an empty history (Spotlight). Default false.
   */
  readonly firstTarget?: boolean;
  /**
   * The order of interactions with equal times: by original item id (`canonical`), or as they are (`source`). Default:
   * that of the split that the interactions come from, else `canonical`.
   */
  readonly order?: RowOrder;
}

/** How training histories are cut, and how windows become training examples. */
export interface TrainingWindowsOptions extends WindowsOptions {
  /**
   * `windows`: a training example per window, whose targets are predicted in one pass. `subsequences`: a training
   * example per target, with the items before it in its window as history; each is encoded by itself, which is slower.
   * Both have the same pairs of history and target; batches differ. Default `windows`.
   */
  readonly layout?: 'windows' | 'subsequences';
  /**
   * Batches per pool: windows in random order are sorted by length within pools of so many batches, and the batches are
   * shuffled again. Windows of a batch then have similar lengths and need little padding, which is several times faster
   * where most histories are short; batches are no longer uniform samples. Default: no pools, uniformly random batches.
   */
  readonly lengthPool?: number;
}

/** `WindowsOptions` with the defaults filled in; the order comes from the interactions. */
export type ResolvedWindows = Required<Omit<WindowsOptions, 'order'>> & Pick<WindowsOptions, 'order'>;

/** Windows over the histories of users, oldest item first, padded on the left. */
export interface Windows {
  /** Number of windows. */
  readonly count: number;
  /** Number of positions per window. */
  readonly length: number;
  /** `[window]` */
  readonly users: Int32Array;
  /** Number of real items of each window, `[window]`. They are the last ones; values before them have no meaning. */
  readonly lengths: Int32Array;
  /** `[window, length]` */
  readonly items: Int32Array;
  /** `[window, length]` */
  readonly ratings?: Float32Array;
  /** `[window, length]` */
  readonly weights?: Float32Array;
  /** Whether the first item of a window is a target. */
  readonly firstTarget: boolean;
}

/**
 * Sliding windows over the history of each user, from its end or from its start.
 *
 * From the end, windows end at the last item, `step` items before it, and so on; from the start, they begin at the
 * first item, `step` items after it, and so on. Windows are sorted by user; those of a user are in the order in which
 * they are cut.
 *
 * @throws {RecsysError} `invalid-argument` without timestamps, unless the order is that of the source
 * @source Spotlight, `Interactions.to_sequence`, https://github.com/maciejkula/spotlight
 */
export function windows(interactions: Interactions, options: WindowsOptions): Windows {
  const resolved = assertWindows('windows', options);
  const { length, firstTarget } = resolved;
  const grouped = groupInTime('windows', interactions, resolved.order);
  const count = countWindows(grouped, interactions.catalogue.userCount, resolved);
  const { items, ratings, weights } = interactions;
  const cut = {
    count,
    length,
    firstTarget,
    users: new Int32Array(count),
    lengths: new Int32Array(count),
    items: new Int32Array(count * length),
    ...(ratings ? { ratings: new Float32Array(count * length) } : {}),
    ...(weights ? { weights: new Float32Array(count * length) } : {}),
  };
  let window = 0;
  for (const { user, rows } of cutWindows(grouped, resolved)) {
    const to = ++window * length - rows.length;
    cut.users[window - 1] = user;
    cut.lengths[window - 1] = rows.length;
    gather(items, rows, cut.items.subarray(to, to + rows.length));
    if (ratings) gather(ratings, rows, cut.ratings!.subarray(to, to + rows.length));
    if (weights) gather(weights, rows, cut.weights!.subarray(to, to + rows.length));
  }
  return cut;
}

/** Groups rows by user in time, for windows; without times only in a named order. */
export function groupInTime(
  where: string,
  interactions: Interactions,
  order: RowOrder | undefined = interactions.order,
): GroupedRows {
  assertTimes(where, interactions, order ?? 'canonical', 'Name the column of times.');
  return groupByUserInTime(interactions, order);
}

/** Checks the options and fills in the defaults. */
export function assertWindows(
  where: string,
  { length, step = length, firstTarget = false, from = 'end', order, ...rest }: WindowsOptions,
): ResolvedWindows {
  const { minimum = firstTarget ? 1 : Math.min(2, length) } = rest;
  assertInteger(`${where}(length)`, length);
  assertInteger(`${where}(step)`, step);
  assertInteger(`${where}(minimum)`, minimum, { maximum: length });
  if (from !== 'start' && from !== 'end') invalid(`${where}(from)`, "'start' or 'end'", from);
  if (order !== undefined) assertRowOrder(where, order);
  return { length, step, minimum, firstTarget, from, ...(order && { order }) };
}

/**
 * The rows of each window, oldest first. Windows are sorted by user, then by distance from the end at which cutting
 * starts.
 */
export function* cutWindows(
  grouped: GroupedRows,
  { length, step, minimum, from }: ResolvedWindows,
): Generator<{ readonly user: number; readonly rows: Int32Array }> {
  for (let user = 0; user + 1 < grouped.offsets.length; user++) {
    const rows = getGroup(grouped, user);
    const count = rows.length;
    for (let near = 0; count - near >= minimum; near += step) {
      const far = Math.min(count, near + length); // distances from the end at which cutting starts
      yield {
        user,
        rows: from === 'start' ? rows.subarray(near, far) : rows.subarray(count - far, count - near),
      };
    }
  }
}

function countWindows({ offsets }: GroupedRows, userCount: number, { step, minimum }: ResolvedWindows): number {
  let count = 0;
  for (let user = 0; user < userCount; user++) {
    const spare = offsets[user + 1]! - offsets[user]! - minimum;
    if (spare >= 0) count += Math.floor(spare / step) + 1;
  }
  return count;
}
