import { assertInteger, invalid, type Rng } from '@footlight/core';
import { groupByUserInTime } from '../group-by-user.js';
import { findRows, selectRows } from '../select-rows.js';
import type { Interactions, Split } from '../types.js';
import { holdOutLast } from './by-user.js';
import { assertShares, formatShares } from './shares.js';

/**
 * What the loader of netrex does besides.
 *
 * - `last-coin`: an interaction goes to the side that the coin thrown last has chosen, whoever it belongs to, so that most people are on both sides.
 * - `one-per-second`: of what somebody did within a second, each side has the last only.
 */
export type NetrexQuirk = 'last-coin' | 'one-per-second';

export interface BernoulliUsersOptions {
  /** Chance of a user to be tested, between 0 and 1. */
  readonly test: number;
  /** How many of a held-out user's last interactions are to be predicted; the ones before are its history. Default 1. */
  readonly targets?: number;
  /** Behaviour of the original that shaped what was published with it. Default none. */
  readonly faithful?: readonly NetrexQuirk[];
}

/**
 * Whole users, by a coin that is thrown when a user first appears in the source: who is tested was never trained on.
 *
 * Another seed of the experiment holds out other users. Of the 100,000 lines of MovieLens 100K `last-coin` sends 98,820 where somebody else's coin
 * fell; they have 49,439 different pairs of user and second, so that with both faults histories have gaps in training and in test.
 *
 * @throws {RecsysError} `invalid-argument` if a side would be empty
 * @source netrex, `rnn_data.py`, https://github.com/maciejkula/netrex
 */
export function bernoulliUsers({ test, targets = 1, faithful = [] }: BernoulliUsersOptions): Split {
  assertShares('bernoulliUsers', { test });
  assertInteger('bernoulliUsers(targets)', targets);
  const behaviour = faithful.length > 0 ? { faithful: [...faithful] } : {};
  return {
    name: `bernoulli-users(${[formatShares({ test }), ...faithful].join(', ')})`,
    protocol: { name: 'bernoulli-users', test, targets, ...behaviour },
    split(interactions, rng) {
      const isTested = drawSides(interactions, test, faithful.includes('last-coin'), rng);
      const side = (wanted: number) => selectSide(interactions, isTested, wanted, faithful.includes('one-per-second'));
      const tested = side(1);
      return { train: side(0), test: holdOutLast(tested, groupByUserInTime(tested), () => true, targets) };
    },
  };
}

/** 1 for each row that is tested. */
function drawSides({ users, catalogue }: Interactions, share: number, lastCoin: boolean, rng: Rng): Uint8Array {
  const coins = new Int8Array(catalogue.userCount).fill(-1); // −1: has not appeared
  let last = 0;
  return Uint8Array.from(users, (user) => {
    if (coins[user]! < 0) last = coins[user] = rng.next() < share ? 1 : 0;
    return lastCoin ? last : coins[user]!;
  });
}

function selectSide(
  interactions: Interactions,
  isTested: Uint8Array,
  wanted: number,
  onePerSecond: boolean,
): Interactions {
  const rows = findRows(isTested.length, (row) => isTested[row] === wanted);
  if (rows.length === 0) invalid('bernoulliUsers', 'users on both sides', 'all on one', 'Take another seed or share.');
  const side = selectRows(interactions, rows);
  return onePerSecond ? keepLastPerSecond(side) : side;
}

function keepLastPerSecond(side: Interactions): Interactions {
  const { users, timestamps = invalid('bernoulliUsers(faithful)', 'interactions with times', 'none') } = side;
  const last = new Map<string, number>();
  const second = (row: number) => `${users[row]} ${timestamps[row]}`;
  for (let row = 0; row < users.length; row++) last.set(second(row), row);
  return selectRows(
    side,
    findRows(users.length, (row) => last.get(second(row)) === row),
  );
}
