import { invalid } from '@footlight/core';
import { getGroup } from '../group-by.js';
import { groupByUserInTime } from '../group-by-user.js';
import { assertRowOrder, assertTimes, putInOrder, type RowOrderOptions } from '../row-order.js';
import type { Interactions, Split } from '../types.js';
import { type Parts, splitByPart } from './split-by-part.js';

export interface LeaveLastOutOptions extends RowOrderOptions {
  /** Whether the interaction before the last is the validation target. Default true; otherwise it belongs to train. */
  readonly validation?: boolean;
}

/**
 * Leave-one-out split by time: the last interaction of each user is the test target, the one before it the validation
 * target.
 *
 * Of interactions with equal timestamps, the one with the larger original item id counts as later, or with `order:
 * 'source'` the one that comes later in the source.
 *
 * @throws {RecsysError} `invalid-argument` without timestamps, unless `order` is `source`; if a user has fewer than 3
 *   interactions, or 2 without a validation part
 */
export function leaveLastOut({ validation = true, ...options }: LeaveLastOutOptions = {}): Split {
  const order = assertRowOrder('leaveLastOut', options.order);
  return {
    name: validation ? 'leave-last-out' : 'leave-last-out(no validation)',
    protocol: { name: 'leave-last-out', validation, order },
    split(all) {
      assertTimes('leaveLastOut', all, order, 'Try leaveRandomOut().');
      const interactions = putInOrder(all, order);
      return splitByPart('leaveLastOut', interactions, assignParts(interactions, validation), validation);
    },
  };
}

function assignParts(interactions: Interactions, validation: boolean): Parts {
  const { catalogue, users } = interactions;
  const grouped = groupByUserInTime(interactions);
  const minimum = validation ? 3 : 2;
  const part = new Uint8Array(users.length);
  for (let user = 0; user < catalogue.userCount; user++) {
    const rows = getGroup(grouped, user);
    if (rows.length === 0) continue; // an id without interactions
    if (rows.length < minimum) {
      const hint = `Filter with kCore({ minimum: ${minimum} }) first.`;
      invalid(
        'leaveLastOut',
        `at least ${minimum} interactions per user`,
        `${rows.length} for user ${catalogue.userIds[user]}`,
        hint,
      );
    }
    part[rows.at(-1)!] = 2;
    if (validation) part[rows.at(-2)!] = 1;
  }
  return part;
}
