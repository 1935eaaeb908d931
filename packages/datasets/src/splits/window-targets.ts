import { selectFeatures } from '../features.js';
import { groupByUserInTime } from '../group-by-user.js';
import { selectRows } from '../select-rows.js';
import type { HeldOut, Interactions, Split } from '../types.js';
import { assertWindows, cutWindows, type WindowsOptions } from '../windows.js';

export interface WindowTargetsOptions extends WindowsOptions {
  /** Which items of a window are to be predicted from those before it: the `last` (default), or `every` one, the first only with `firstTarget`. */
  readonly targets?: 'last' | 'every';
}

/**
 * Cuts the held-out histories of a split into windows and asks about each as if it were somebody of its own, so that people with long histories count
 * more often.
 *
 * Windows are those of `windows`. In the held-out parts, users are numbered by question and original ids repeat; training stays as it is.
 *
 * @example
 * windowTargets(byUser({ test: 0.1, validation: 0.1 }), { length: 100, minimum: 20 })
 * @source Spotlight, `sequence_mrr_score`, https://github.com/maciejkula/spotlight
 */
export function windowTargets(split: Split, options: WindowTargetsOptions): Split {
  const { targets = 'last' } = options;
  const wanted = { ...assertWindows('windowTargets', options), targets };
  const { length, step, minimum, firstTarget } = wanted;
  const question = { length, step, minimum, targets, ...(targets === 'every' ? { firstTarget } : {}) };
  return {
    name: `${split.name}, ${targets} of windows(${[length, step, minimum].join(', ')})`,
    protocol: { name: 'window-targets', split: { name: split.name, ...split.protocol }, ...question },
    split(interactions, rng) {
      const { train, validation, test, known = test.history } = split.split(interactions, rng);
      const ask = (held: HeldOut) => askWindows(held, wanted);
      return { train, known, ...(validation ? { validation: ask(validation) } : {}), test: ask(test) };
    },
  };
}

function askWindows({ history, targets }: HeldOut, wanted: Required<WindowTargetsOptions>): HeldOut {
  const all = joined(history, targets);
  const past: number[] = [];
  const pastUsers: number[] = [];
  const asked: number[] = [];
  for (const { rows } of cutWindows(groupByUserInTime(all), wanted)) {
    const first = wanted.targets === 'last' ? rows.length - 1 : wanted.firstTarget ? 0 : 1;
    for (let at = first; at < rows.length; at++) {
      for (let before = 0; before < at; before++) {
        past.push(rows[before]!);
        pastUsers.push(asked.length);
      }
      asked.push(rows[at]!);
    }
  }
  const { userFeatures, ...rest } = all.catalogue;
  const userIds = Array.from(asked, (row) => String(all.catalogue.userIds[all.users[row]!]));
  const catalogue = {
    ...rest,
    userCount: asked.length,
    userIds,
    ...(userFeatures && {
      userFeatures: selectFeatures(
        userFeatures,
        Int32Array.from(asked, (row) => all.users[row]!),
      ),
    }),
  };
  const part = (rows: readonly number[], users: ArrayLike<number>): Interactions => ({
    ...selectRows(all, Int32Array.from(rows)),
    catalogue,
    users: Int32Array.from(users),
  });
  return { history: part(past, pastUsers), targets: part(asked, Array.from(asked.keys())) };
}

/** One after the other. */
function joined(one: Interactions, other: Interactions): Interactions {
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
