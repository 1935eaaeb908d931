import { assertInteger, invalid, type Rng } from '@footlight/core';
import { groupByUserInTime } from '../group-by-user.js';
import { assertRowOrder, assertTimes, putInOrder, type RowOrderOptions } from '../row-order.js';
import { findRows, selectRows } from '../select-rows.js';
import type { Interactions, Split } from '../types.js';
import { holdOutLast } from './by-user.js';
import { assertShares, formatShares } from './shares.js';

/**
 * Behaviour of the loader of netrex that differs from a split by user.
 *
 * - `last-coin`: each interaction goes to the part drawn last, which is that of the user who appeared last, so that
 *   most users are in both parts.
 * - `one-per-second`: of the interactions of a user within one second, each part keeps the last only.
 */
export type NetrexQuirk = 'last-coin' | 'one-per-second';

export interface BernoulliUsersOptions extends RowOrderOptions {
  /** Probability that a user is held out for the test part, between 0 and 1. */
  readonly test: number;
  /** Number of last interactions of a held-out user that are targets; those before are the history. Default 1. */
  readonly targets?: number;
  /** Behaviour of netrex that influenced its published results. Default: none. */
  readonly faithful?: readonly NetrexQuirk[];
}

/**
 * Random split by user: each user is held out with a given probability, drawn user by user in the order of rows.
 *
 * No held-out user occurs in train. The held-out users depend on the seed of the experiment. On the 100,000 rows of
 * MovieLens 100K, `last-coin` puts 98,820 rows into the part of another user; the rows have 49,439 different pairs of
 * user and second, so that with both quirks histories have gaps in train and in test.
 *
 * @throws {RecsysError} `invalid-argument` if a part would be empty
 * @source netrex, `rnn_data.py`, https://github.com/maciejkula/netrex
 */
export function bernoulliUsers({ test, targets = 1, faithful = [], ...options }: BernoulliUsersOptions): Split {
  assertShares('bernoulliUsers', { test });
  assertInteger('bernoulliUsers(targets)', targets);
  const order = assertRowOrder('bernoulliUsers', options.order);
  const quirks = faithful.length > 0 ? { faithful: [...faithful] } : {};
  return {
    name: `bernoulli-users(${[formatShares({ test }), ...faithful].join(', ')})`,
    protocol: { name: 'bernoulli-users', test, targets, ...quirks, order },
    split(all, rng) {
      assertTimes('bernoulliUsers', all, order, 'Try holdOutUsers(), which draws the targets.');
      const interactions = putInOrder(all, order);
      const parts = drawParts(interactions, test, faithful.includes('last-coin'), rng);
      const select = (part: number) => selectPart(interactions, parts, part, faithful.includes('one-per-second'));
      const tested = select(1);
      return { train: select(0), test: holdOutLast(tested, groupByUserInTime(tested), () => true, targets) };
    },
  };
}

/** Draws the part of each row: 0 = train, 1 = test. */
function drawParts({ users, catalogue }: Interactions, share: number, usesLastPart: boolean, rng: Rng): Uint8Array {
  const userParts = new Int8Array(catalogue.userCount).fill(-1); // −1: has not appeared yet
  let last = 0;
  return Uint8Array.from(users, (user) => {
    if (userParts[user]! < 0) last = userParts[user] = rng.next() < share ? 1 : 0;
    return usesLastPart ? last : userParts[user]!;
  });
}

function selectPart(interactions: Interactions, parts: Uint8Array, part: number, onePerSecond: boolean): Interactions {
  const rows = findRows(parts.length, (row) => parts[row] === part);
  if (rows.length === 0)
    invalid('bernoulliUsers', 'users in both parts', 'all users in one', 'Set another seed or share.');
  const selected = selectRows(interactions, rows);
  return onePerSecond ? keepLastPerSecond(selected) : selected;
}

function keepLastPerSecond(interactions: Interactions): Interactions {
  const { users, timestamps = invalid('bernoulliUsers(faithful)', 'interactions with timestamps', 'none') } =
    interactions;
  const last = new Map<string, number>();
  const second = (row: number) => `${users[row]} ${timestamps[row]}`;
  for (let row = 0; row < users.length; row++) last.set(second(row), row);
  return selectRows(
    interactions,
    findRows(users.length, (row) => last.get(second(row)) === row),
  );
}
