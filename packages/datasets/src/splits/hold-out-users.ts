import { assertFraction, assertInteger, invalid, numpyRandom } from '@footlight/core';
import { assertSeed } from '../assert-seed.js';
import { type GroupedRows, getGroup, groupBy } from '../group-by.js';
import { groupByUser } from '../group-by-user.js';
import { listOccurringIds, renumber } from '../reindex.js';
import { assertRowOrder, putInOrder, type RowOrderOptions } from '../row-order.js';
import { selectRows } from '../select-rows.js';
import type { Interactions, OriginalIds, Split } from '../types.js';
import { apportion, assertFilled, assertRounding, countTargets, type PartSizes, type Rounding } from './shares.js';

export interface HoldOutUsersOptions extends RowOrderOptions {
  /** Users of the validation part: their number, or their share if below 1. */
  readonly validation: number;
  /** Users of the test part: their number, or their share if below 1. */
  readonly test: number;
  /**
   * Share of the interactions of a held-out user that are targets; the others are the history (fold-in). At least one
   * is a target, and at least one stays in the history. Default 0.2.
   */
  readonly targets?: number;
  /**
   * Minimum number of interactions of a held-out user with targets; users with fewer have a history only. Default 5.
   */
  readonly minimum?: number;
  /**
   * How shares become whole numbers. Default `largest-remainder`; `truncate` as in the originals, where a user of four
   * items has no target at a share of 0.2.
   */
  readonly rounding?: Rounding;
  /** Seed of the numpy generator. Default 98765. */
  readonly seed?: number;
}

/**
 * Strong generalization: whole users are held out, and a random part of their interactions is predicted from the rest.
 *
 * As in the originals, users are numbered in the order drawn (train, validation, test) and items by first appearance
 * among train users; items that no train user has are dropped. The targets are drawn with the same seed for validation
 * and for test, user by user in the order of the original ids: the canonical one, or with `order: 'source'` numbers
 * ascending and texts byte by byte. With `order: 'source'` and `rounding: 'truncate'` these are the rows of the
 * originals.
 *
 * @throws {RecsysError} `invalid-argument` if no user remains for train
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814 (vae_cf); RecoTour,
 *   https://github.com/jrzaurin/RecoTour
 */
export function holdOutUsers({
  validation,
  test,
  targets = 0.2,
  minimum = 5,
  seed = 98765,
  ...options
}: HoldOutUsersOptions): Split {
  assertFraction('holdOutUsers(targets)', targets);
  assertInteger('holdOutUsers(minimum)', minimum);
  const order = assertRowOrder('holdOutUsers', options.order);
  assertSeed('holdOutUsers', seed);
  const rounding = assertRounding('holdOutUsers', options.rounding);
  for (const [part, size] of Object.entries({ validation, test }))
    if (!(size > 0 && size < 1)) assertInteger(`holdOutUsers(${part})`, size);
  return {
    name: `hold-out-users(${validation} + ${test})`,
    protocol: { name: 'hold-out-users', validation, test, targets, minimum, rounding, seed, order },
    split(all) {
      const interactions = putInOrder(all, order);
      const ascending = order === 'source' ? sortUsersByOriginalId(interactions) : listUsers(interactions);
      const sizes = countUsers(ascending.length, { validation, test }, rounding);
      if (sizes.train < 1)
        invalid('holdOutUsers', `more than ${sizes.validation} + ${sizes.test} users`, ascending.length);
      assertFilled('holdOutUsers', sizes, true, 'users');

      const drawn = numpyRandom(seed)
        .permutation(ascending.length)
        .map((at) => ascending[at]!);
      const part = new Uint8Array(interactions.catalogue.userCount); // 0 = train, 1 = validation, 2 = test
      for (const user of drawn.subarray(sizes.train)) part[user] = 1;
      for (const user of drawn.subarray(sizes.train + sizes.validation)) part[user] = 2;
      const items = listTrainItems(interactions, part);
      const renumbered = renumber(interactions, drawn, items);
      const rows = groupBy(
        assignRoles(interactions, renumbered.items, ascending, part, { targets, minimum, rounding, seed }),
        roleCount,
      );
      const select = (role: number) => selectRows(renumbered, getGroup(rows, role));
      return {
        train: select(trainRole),
        validation: { history: select(historyRole(1)), targets: select(targetRole(1)) },
        test: { history: select(historyRole(2)), targets: select(targetRole(2)) },
      };
    },
  };
}

const trainRole = 0;
const dropped = 1;
const historyRole = (part: number) => 2 * part;
const targetRole = (part: number) => 2 * part + 1;
const roleCount = 6;

type TargetDraw = Required<Pick<HoldOutUsersOptions, 'targets' | 'minimum' | 'rounding' | 'seed'>>;

/** The number of users in each part, from numbers or shares. */
function countUsers(
  count: number,
  { validation, test }: { readonly validation: number; readonly test: number },
  rounding: Rounding,
): PartSizes {
  const scale = (size: number) => (size < 1 ? size * count : size);
  const exact = { validation: scale(validation), test: scale(test) };
  if (rounding === 'largest-remainder') return apportion(count, exact);
  const [validationCount, testCount] = [Math.trunc(exact.validation), Math.trunc(exact.test)];
  return { train: count - validationCount - testCount, validation: validationCount, test: testCount };
}

/** The role of each row. `items` are the new ids, −1 for an item that train does not have. */
function assignRoles(
  interactions: Interactions,
  items: Int32Array,
  ascending: Int32Array,
  part: Uint8Array,
  draw: TargetDraw,
): Uint8Array {
  const { users } = interactions;
  const roles = new Uint8Array(users.length);
  for (let row = 0; row < users.length; row++) {
    const at = part[users[row]!]!;
    roles[row] = at === 0 ? trainRole : items[row]! < 0 ? dropped : historyRole(at);
  }
  const grouped = groupByUser(interactions);
  for (const held of [1, 2])
    drawTargets(
      grouped,
      ascending.filter((user) => part[user] === held),
      roles,
      held,
      draw,
    );
  return roles;
}

function drawTargets(
  grouped: GroupedRows,
  users: Int32Array,
  roles: Uint8Array,
  part: number,
  { targets, minimum, rounding, seed }: TargetDraw,
): void {
  const random = numpyRandom(seed);
  for (const user of users) {
    const rows = getGroup(grouped, user).filter((row) => roles[row] !== dropped);
    if (rows.length < minimum) continue;
    for (const at of random.choice(rows.length, countTargets(rows.length, targets, rounding), { replace: false }))
      roles[rows[at]!] = targetRole(part);
  }
}

/** The items of train rows by first appearance. */
function listTrainItems({ users, items, catalogue }: Interactions, part: Uint8Array): Int32Array {
  const isListed = new Uint8Array(catalogue.itemCount);
  const order = new Int32Array(catalogue.itemCount);
  let count = 0;
  for (let row = 0; row < items.length; row++) {
    const item = items[row]!;
    if (isListed[item] === 1 || part[users[row]!] !== 0) continue;
    isListed[item] = 1;
    order[count++] = item;
  }
  return order.slice(0, count);
}

/** Users with interactions. */
function listUsers({ users, catalogue }: Interactions): Int32Array {
  return listOccurringIds(users, catalogue.userCount);
}

/** Users with interactions, sorted by their original ids. */
function sortUsersByOriginalId(interactions: Interactions): Int32Array {
  return listUsers(interactions).sort(createComparator(interactions.catalogue.userIds));
}

function createComparator(ids: OriginalIds): (one: number, other: number) => number {
  if (ids instanceof Int32Array || ids instanceof Float64Array) return (one, other) => ids[one]! - ids[other]!;
  // Byte by byte as Python compares; the order of JavaScript differs beyond U+FFFF.
  const encoder = new TextEncoder();
  const bytes = ids.map((id) => encoder.encode(id));
  return (one, other) => compareBytes(bytes[one]!, bytes[other]!);
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at++) if (one[at] !== other[at]) return one[at]! - other[at]!;
  return one.length - other.length;
}
