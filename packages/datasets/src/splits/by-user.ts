import { assertInteger, murmurhash3, numpyRandom } from '@footlight/core';
import { assertSeed } from '../assert-seed.js';
import { type GroupedRows, getGroup } from '../group-by.js';
import { groupByUserInTime } from '../group-by-user.js';
import { assertRowOrder, assertTimes, putInOrder, type RowOrderOptions } from '../row-order.js';
import { findRows, selectRows } from '../select-rows.js';
import type { HeldOut, Interactions, Split } from '../types.js';
import { assertShares, formatShares } from './shares.js';

export interface ByUserOptions extends RowOrderOptions {
  /** Share of the users for the test part, between 0 and 1. It is approximate, since each user is hashed by itself. */
  readonly test: number;
  /** Share of all users for the validation part. Default: no validation part. */
  readonly validation?: number;
  /** Number of last interactions of a held-out user that are targets; those before are the history. Default 1. */
  readonly targets?: number;
  /** Seed of the numpy generator that draws the seeds of the hash. Default 42. */
  readonly seed?: number;
}

/**
 * Split by user with a hash: no held-out user occurs in train.
 *
 * A user is held out if $\text{murmur3}(\text{user}) \bmod 100 < 100 p$. With a validation part, the held-out users are
 * hashed again with a second seed, which divides them into validation and test. Dense user ids are hashed; load with
 * `numbering: 'spotlight'` and set `order: 'source'` for the users that Spotlight holds out.
 *
 * @source Spotlight, `user_based_train_test_split`, https://github.com/maciejkula/spotlight
 */
export function byUser(options: ByUserOptions): Split {
  const { test, validation, targets = 1, seed = 42 } = options;
  assertShares('byUser', options);
  assertInteger('byUser(targets)', targets);
  const order = assertRowOrder('byUser', options.order);
  assertSeed('byUser', seed);
  return {
    name: `by-user(${formatShares(options)})`,
    protocol: { name: 'by-user', test, ...(validation === undefined ? {} : { validation }), targets, seed, order },
    split(all) {
      assertTimes('byUser', all, order, 'Try holdOutUsers(), which draws the targets.');
      const interactions = putInOrder(all, order);
      const part = assignUsers(interactions.catalogue.userCount, test, validation, seed);
      const grouped = groupByUserInTime(interactions);
      const train = selectRows(
        interactions,
        findRows(interactions.users.length, (row) => part[interactions.users[row]!] === 0),
      );
      const holdOut = (of: number) => holdOutLast(interactions, grouped, (user) => part[user] === of, targets);
      return validation === undefined
        ? { train, test: holdOut(2) }
        : { train, validation: holdOut(1), test: holdOut(2) };
    },
  };
}

/** The part of each user: 0 = train, 1 = validation, 2 = test. */
function assignUsers(userCount: number, test: number, validation: number | undefined, seed: number): Uint8Array {
  const random = numpyRandom(seed);
  const createTest = (share: number) => {
    const hashSeed = random.randint(0, 2 ** 32 - 1);
    return (user: number) => (murmurhash3(user, hashSeed) % 100) / 100 < share;
  };
  const held = Math.round((test + (validation ?? 0)) * 1e12) / 1e12; // 0.1 + 0.2 is meant to be 0.3
  const isHeld = createTest(held);
  const isValidation =
    validation === undefined ? () => false : createTest(Math.round((validation / held) * 1e12) / 1e12);
  return Uint8Array.from({ length: userCount }, (_, user) => (isHeld(user) ? (isValidation(user) ? 1 : 2) : 0));
}

/**
 * Holds out some users: their last interactions are the targets, those before the history, both in the order of the
 * source.
 */
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
  const select = (of: number) =>
    selectRows(
      interactions,
      findRows(role.length, (row) => role[row] === of),
    );
  return { history: select(1), targets: select(2) };
}
