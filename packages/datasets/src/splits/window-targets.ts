import { assertInteger } from '@footlight/core';
import { concatenateInteractions } from '../concatenate-interactions.js';
import { selectFeatures } from '../features.js';
import { selectRows } from '../select-rows.js';
import type { HeldOut, Interactions, Split } from '../types.js';
import { assertWindows, cutWindows, groupInTime, type ResolvedWindows, type WindowsOptions } from '../windows.js';

export interface WindowTargetsOptions extends WindowsOptions {
  /**
   * The targets of a window, which are predicted from the items before them: the `last` item (default), the last few
   * items together as one query, or `every` item as a query of its own (the first one only with `firstTarget`).
   */
  readonly targets?: 'last' | 'every' | { readonly last: number };
}

/**
 * Sequence evaluation: held-out histories are cut into windows, and each window is a query of its own, so that users
 * with long histories count more often.
 *
 * The windows are those of `windows`. In the held-out parts, a user id is the number of a query, and original ids
 * repeat; the train part does not change.
 *
 * An experiment with `seen: 'include'` then evaluates as Spotlight does, with `rank-last` as Spotlight does with
 * `exclude_preceding`; `precision` at k with `{ last: k }` is its sequence precision, and its recall. Differs from
 * Spotlight: it pads windows with item 0, which competes with score 0 unless a shorter window excludes it; here nothing
 * is padded, and with `numbering: 'spotlight'` item 0 competes as an item without interactions.
 *
 * @example
 * windowTargets(byUser({ test: 0.1, validation: 0.1 }), { length: 100, minimum: 20 })
 * @source Spotlight, `sequence_mrr_score` and `sequence_precision_recall_score`,
 *   https://github.com/maciejkula/spotlight
 */
export function windowTargets(split: Split, options: WindowTargetsOptions): Split {
  const { targets = 'last' } = options;
  const resolved = { ...assertWindows('windowTargets', options), targets };
  const { length, step, minimum, firstTarget, from, order } = resolved;
  if (typeof targets === 'object') assertInteger('windowTargets(targets.last)', targets.last, { maximum: length });
  const protocol = {
    ...{ length, step, minimum, targets },
    ...(targets === 'every' ? { firstTarget } : {}),
    ...(from === 'start' ? { from } : {}),
    ...(order && { order }),
  };
  const fromName = from === 'start' ? [from] : [];
  const targetsName = typeof targets === 'object' ? `last ${targets.last}` : targets;
  return {
    name: `${split.name}, ${targetsName} of windows(${[length, step, minimum, ...fromName].join(', ')})`,
    protocol: { name: 'window-targets', split: { name: split.name, ...split.protocol }, ...protocol },
    split(interactions, rng) {
      const { train, validation, test, known = test.history } = split.split(interactions, rng);
      const toQueries = (held: HeldOut) => toWindowQueries(held, resolved);
      return {
        train,
        known,
        ...(validation ? { validation: toQueries(validation), uncutValidation: validation } : {}),
        test: toQueries(test),
      };
    },
  };
}

type ResolvedTargets = ResolvedWindows & Required<Pick<WindowTargetsOptions, 'targets'>>;

/** The held-out part with one user per query. */
function toWindowQueries({ history, targets }: HeldOut, options: ResolvedTargets): HeldOut {
  const all = concatenateInteractions(history, targets);
  const before: QueryRows = { rows: [], queries: [] };
  const predicted: QueryRows = { rows: [], queries: [] };
  const owners: number[] = []; // dense ids
  for (const { user, rows } of cutWindows(groupInTime('windowTargets', all, options.order), options)) {
    for (const [from, to] of listTargetRanges(rows.length, options)) {
      append(before, rows.subarray(0, from), owners.length);
      append(predicted, rows.subarray(from, to), owners.length);
      owners.push(user);
    }
  }
  const { lowRated: _, ...columns } = all; // users are queries here
  const { userFeatures, userIds, ...rest } = all.catalogue;
  const catalogue = {
    ...rest,
    userCount: owners.length,
    userIds: Array.from(owners, (user) => String(userIds[user])),
    ...(userFeatures && { userFeatures: selectFeatures(userFeatures, Int32Array.from(owners)) }),
  };
  const select = ({ rows, queries }: QueryRows): Interactions => ({
    ...selectRows(columns, Int32Array.from(rows)),
    catalogue,
    users: Int32Array.from(queries),
  });
  return { history: select(before), targets: select(predicted), queryUsers: Int32Array.from(owners) };
}

/** Rows, and the query that each belongs to. */
interface QueryRows {
  readonly rows: number[];
  readonly queries: number[];
}

function append({ rows, queries }: QueryRows, more: Int32Array, query: number): void {
  for (const row of more) {
    rows.push(row);
    queries.push(query);
  }
}

/** The targets of each query of a window, as ranges of its rows. */
function listTargetRanges(
  length: number,
  { targets, firstTarget }: ResolvedTargets,
): (readonly [from: number, to: number])[] {
  if (targets === 'last') return [[length - 1, length]];
  if (typeof targets === 'object') return [[Math.max(0, length - targets.last), length]];
  const first = firstTarget ? 0 : 1;
  return Array.from({ length: length - first }, (_, at) => [first + at, first + at + 1]);
}
