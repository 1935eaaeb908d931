import { assertInteger } from '@footlight/core';
import { selectFeatures } from '../features.js';
import { groupByUserInTime } from '../group-by-user.js';
import { selectRows } from '../select-rows.js';
import type { HeldOut, Interactions, Split } from '../types.js';
import { assertWindows, cutWindows, type WindowsOptions } from '../windows.js';

export interface WindowTargetsOptions extends WindowsOptions {
  /**
   * Which items of a window are to be predicted from those before them: the `last` (default), the last few together, as one question, or `every` one by
   * itself, the first only with `firstTarget`.
   */
  readonly targets?: 'last' | 'every' | { readonly last: number };
}

/**
 * Cuts the held-out histories of a split into windows and asks about each as if it were somebody of its own, so that people with long histories count
 * more often.
 *
 * Windows are those of `windows`. In the held-out parts, users are numbered by question and original ids repeat; training stays as it is.
 *
 * An experiment with `seen: 'include'` then measures as Spotlight does, with `rank-last` as it does with `exclude_preceding`; `precision` of k with
 * `{ last: k }` is its sequence precision, and its recall. Differs from Spotlight: it pads windows with item 0, which competes with score 0 unless a
 * shorter window excludes it; here nothing is padded, and with `numbering: 'spotlight'` item 0 competes as an item that nobody has.
 *
 * @example
 * windowTargets(byUser({ test: 0.1, validation: 0.1 }), { length: 100, minimum: 20 })
 * @source Spotlight, `sequence_mrr_score` and `sequence_precision_recall_score`, https://github.com/maciejkula/spotlight
 */
export function windowTargets(split: Split, options: WindowTargetsOptions): Split {
  const { targets = 'last' } = options;
  const wanted = { ...assertWindows('windowTargets', options), targets };
  const { length, step, minimum, firstTarget, from } = wanted;
  if (typeof targets === 'object') assertInteger('windowTargets(targets.last)', targets.last, { maximum: length });
  const question = {
    ...{ length, step, minimum, targets },
    ...(targets === 'every' ? { firstTarget } : {}),
    ...(from === 'start' ? { from } : {}),
  };
  const targetsName = typeof targets === 'object' ? `last ${targets.last}` : targets;
  return {
    name: `${split.name}, ${targetsName} of windows(${[length, step, minimum, ...(from === 'start' ? [from] : [])].join(', ')})`,
    protocol: { name: 'window-targets', split: { name: split.name, ...split.protocol }, ...question },
    split(interactions, rng) {
      const { train, validation, test, known = test.history } = split.split(interactions, rng);
      const ask = (held: HeldOut) => toWindowQueries(held, wanted);
      return { train, known, ...(validation ? { validation: ask(validation) } : {}), test: ask(test) };
    },
  };
}

function toWindowQueries({ history, targets }: HeldOut, wanted: Required<WindowTargetsOptions>): HeldOut {
  const all = concatenate(history, targets);
  const past: Column = { rows: [], users: [] };
  const asked: Column = { rows: [], users: [] };
  const who: number[] = []; // who each question is about
  for (const { user, rows } of cutWindows(groupByUserInTime(all), wanted)) {
    for (const [from, to] of listTargetRanges(rows.length, wanted)) {
      add(past, rows.subarray(0, from), who.length);
      add(asked, rows.subarray(from, to), who.length);
      who.push(user);
    }
  }
  const { userFeatures, userIds, ...rest } = all.catalogue;
  const catalogue = {
    ...rest,
    userCount: who.length,
    userIds: Array.from(who, (user) => String(userIds[user])),
    ...(userFeatures && { userFeatures: selectFeatures(userFeatures, Int32Array.from(who)) }),
  };
  const part = ({ rows, users }: Column): Interactions => ({
    ...selectRows(all, Int32Array.from(rows)),
    catalogue,
    users: Int32Array.from(users),
  });
  return { history: part(past), targets: part(asked) };
}

/** Rows, and the question that each belongs to. */
interface Column {
  readonly rows: number[];
  readonly users: number[];
}

function add({ rows, users }: Column, more: Int32Array, question: number): void {
  for (const row of more) {
    rows.push(row);
    users.push(question);
  }
}

/** The targets of each question about a window, as pieces of it. */
function listTargetRanges(
  length: number,
  { targets, firstTarget }: Required<WindowTargetsOptions>,
): (readonly [from: number, to: number])[] {
  if (targets === 'last') return [[length - 1, length]];
  if (typeof targets === 'object') return [[Math.max(0, length - targets.last), length]];
  const first = firstTarget ? 0 : 1;
  return Array.from({ length: length - first }, (_, at) => [first + at, first + at + 1]);
}

/** One after the other. */
function concatenate(one: Interactions, other: Interactions): Interactions {
  const both = <T extends Int32Array | Float32Array | Float64Array>(a: T, b: T): T => {
    const whole = new (a.constructor as new (length: number) => T)(a.length + b.length);
    whole.set(a);
    whole.set(b, a.length);
    return whole;
  };
  return {
    catalogue: one.catalogue,
    users: both(one.users, other.users),
    items: both(one.items, other.items),
    ...(one.ratings && other.ratings ? { ratings: both(one.ratings, other.ratings) } : {}),
    ...(one.timestamps && other.timestamps ? { timestamps: both(one.timestamps, other.timestamps) } : {}),
  };
}
