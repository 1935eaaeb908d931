import { invalid } from '@footlight/core';
import { type HeldOut, type Interactions, selectRows } from '@footlight/datasets';
import type { CandidateRule, ColdRule } from '../types.js';
import { markIds } from './mark-ids.js';

/** What was left out of a held-out part, since no model can know it. */
export interface LeftOut {
  /** Users without training interactions; where whole users are held out, users without a history. */
  readonly users: number;
  /** Target items without training interactions; with `candidates: 'cold-items'` those with some. */
  readonly items: number;
  /** Targets of these users and with these items. */
  readonly interactions: number;
}

/** Which targets are left out. */
export interface LeaveOutRules {
  readonly cold?: ColdRule;
  readonly candidates?: CandidateRule;
}

/**
 * Leaves out targets that no model can predict from the training part: of items without training interactions, and of
 * users without training interactions.
 *
 * Where whole users are held out, so that no user with targets has training interactions, users without a history are
 * left out instead. Windows are never left out for their user, since their histories are cut on purpose. The rule reads
 * the data alone: all models are evaluated on the same targets. With `candidates: 'cold-items'`, items with training
 * interactions are left out instead of those without.
 *
 * @throws {RecsysError} `invalid-argument` if no target is left
 */
export function leaveOutCold(
  part: 'test' | 'validation',
  train: Interactions,
  { history, targets, ...rest }: HeldOut,
  { cold = 'exclude', candidates = 'every-item' }: LeaveOutRules = {},
): { readonly heldOut: HeldOut; readonly leftOut: LeftOut } {
  const isTrained = markIds(train.items, train.catalogue.itemCount);
  const leavesCold = candidates === 'every-item';
  const keepsItem = (item: number) => (isTrained[item] === 1) === leavesCold;
  const keepsUser = rest.queryUsers || cold === 'include' ? () => true : createUserTest(train, history, targets);
  const users = new Set<number>();
  const items = new Set<number>();
  const rows = targets.users
    .map((_, row) => row)
    .filter((row) => {
      const [user, item] = [targets.users[row]!, targets.items[row]!];
      if (!keepsUser(user)) users.add(user);
      if (!keepsItem(item)) items.add(item);
      return keepsUser(user) && keepsItem(item);
    });
  const leftOut = { users: users.size, items: items.size, interactions: targets.users.length - rows.length };
  if (leftOut.interactions === 0) return { heldOut: { history, targets, ...rest }, leftOut };
  if (rows.length === 0)
    invalid(
      `runExperiment(split, ${part})`,
      leavesCold
        ? 'targets whose users and items have training interactions'
        : 'targets of items without training interactions, whose users have some',
      `none of ${targets.users.length}`,
      leavesCold
        ? "Hold out less, filter with kCore() first, or set cold: 'include'."
        : 'Hold out whole items with holdOutItems().',
    );
  return { heldOut: { history, targets: selectRows(targets, rows), ...rest }, leftOut };
}

function createUserTest(train: Interactions, history: Interactions, targets: Interactions): (user: number) => boolean {
  const { userCount } = train.catalogue;
  const isTrained = markIds(train.users, userCount);
  const isWhole = targets.users.every((user) => isTrained[user] === 0); // whole users are held out
  const isKnown = isWhole ? markIds(history.users, userCount) : isTrained;
  return (user) => isKnown[user] === 1;
}
