import { assertInteger, murmurhash3, numpyRandom } from '@footlight/core';
import { type GroupedRows, getGroup, groupByUserInTime } from '../group-by-user.js';
import { findRows, selectRows } from '../select-rows.js';
import type { HeldOut, Interactions, Split } from '../types.js';
import { assertShares, formatShares } from './shares.js';

export interface ByUserOptions {
  /** Share of the users that is tested, between 0 and 1; about so many, since each user is hashed alone. */
  readonly test: number;
  /** Share for validation, of all users. Default none. */
  readonly validation?: number;
  /** How many of a held-out user's last interactions are to be predicted; the ones before are its history. Default 1. */
  readonly targets?: number;
  /** Of the numpy generator that draws the seeds of the hash. Default 42. */
  readonly seed?: number;
}

/**
 * Whole users: who is held out was never trained on.
 *
 * A user is held out if $\text{murmur3}(\text{user}) \bmod 100 < 100 p$. With validation, the held-out users are hashed again with a second seed:
 * the hashed ones validate, the others are tested. Dense user ids are hashed; load with `numbering: 'spotlight'` for the users that Spotlight holds
 * out.
 *
 * @source Spotlight, `user_based_train_test_split`, https://github.com/maciejkula/spotlight
 */
export function byUser(options: ByUserOptions): Split {
  const { test, validation, targets = 1, seed = 42 } = options;
  assertShares('byUser', options);
  assertInteger('byUser(targets)', targets);
  return {
    name: `by-user(${formatShares(options)})`,
    protocol: { name: 'by-user', test, ...(validation === undefined ? {} : { validation }), targets, seed },
    split(interactions) {
      const part = assignUsers(interactions.catalogue.userCount, test, validation, seed);
      const grouped = groupByUserInTime(interactions);
      const train = selectRows(
        interactions,
        findRows(interactions.users.length, (row) => part[interactions.users[row]!] === 0),
      );
      const held = (wanted: number) => holdOutLast(interactions, grouped, (user) => part[user] === wanted, targets);
      return validation === undefined ? { train, test: held(2) } : { train, validation: held(1), test: held(2) };
    },
  };
}

/** 0 = train, 1 = validation, 2 = test. */
function assignUsers(userCount: number, test: number, validation: number | undefined, seed: number): Uint8Array {
  const random = numpyRandom(seed);
  const hashed = (share: number) => {
    const hashSeed = random.randint(0, 2 ** 32 - 1);
    return (user: number) => (murmurhash3(user, hashSeed) % 100) / 100 < share;
  };
  const held = Math.round((test + (validation ?? 0)) * 1e12) / 1e12; // 0.1 + 0.2 is meant to be 0.3
  const isHeld = hashed(held);
  const isValidation = validation === undefined ? () => false : hashed(Math.round((validation / held) * 1e12) / 1e12);
  return Uint8Array.from({ length: userCount }, (_, user) => (isHeld(user) ? (isValidation(user) ? 1 : 2) : 0));
}

/** The last interactions of some users as targets, what came before as history, both in the order of the source. */
export function holdOutLast(
  interactions: Interactions,
  grouped: GroupedRows,
  isChosen: (user: number) => boolean,
  count: number,
): HeldOut {
  const role = new Uint8Array(interactions.users.length); // 1 = history, 2 = target
  for (let user = 0; user < interactions.catalogue.userCount; user++) {
    if (!isChosen(user)) continue;
    const rows = getGroup(grouped, user);
    for (let at = 0; at < rows.length; at++) role[rows[at]!] = at < rows.length - count ? 1 : 2;
  }
  const select = (wanted: number) =>
    selectRows(
      interactions,
      findRows(role.length, (row) => role[row] === wanted),
    );
  return { history: select(1), targets: select(2) };
}
