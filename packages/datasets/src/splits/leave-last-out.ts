import { invalid } from '@footlight/core';
import { groupByUserInTime, piece } from '../group-by-user.js';
import { rowsWhere, selectRows } from '../select-rows.js';
import type { Split } from '../types.js';

export interface LeaveLastOutOptions {
  /** Whether the interaction before the last is the validation part. Default true; else it belongs to train. */
  readonly validation?: boolean;
}

/**
 * The last interaction of each user is tested, the one before it is for validation.
 *
 * Of interactions at the same time the later one in the source counts as later.
 *
 * @throws {RecsysError} `invalid-argument` if a user has too few interactions to leave one for train
 */
export function leaveLastOut({ validation = true }: LeaveLastOutOptions = {}): Split {
  const name = validation ? 'leave-last-out' : 'leave-last-out(no validation)';
  return {
    name,
    protocol: { name: 'leave-last-out', validation },
    split(interactions) {
      const part = partOfRows(interactions, validation);
      const select = (keep: (part: number) => boolean) =>
        selectRows(
          interactions,
          rowsWhere(part.length, (row) => keep(part[row]!)),
        );
      const train = select((at) => at === 0);
      const test = { history: validation ? select((at) => at < 2) : train, targets: select((at) => at === 2) };
      return validation ? { train, validation: { history: train, targets: select((at) => at === 1) }, test } : { train, test };
    },
  };
}

/** 0 = train, 1 = validation, 2 = test. */
function partOfRows(interactions: Parameters<Split['split']>[0], validation: boolean): Uint8Array {
  const { catalogue, users } = interactions;
  const grouped = groupByUserInTime(interactions);
  const least = validation ? 3 : 2;
  const part = new Uint8Array(users.length);
  for (let user = 0; user < catalogue.userCount; user++) {
    const rows = piece(grouped, user);
    if (rows.length === 0) continue; // a number that the source never uses
    if (rows.length < least) {
      const hint = `Filter with kCore({ minimum: ${least} }) first.`;
      invalid('leaveLastOut', `at least ${least} interactions per user`, `${rows.length} for user ${catalogue.userIds[user]}`, hint);
    }
    part[rows.at(-1)!] = 2;
    if (validation) part[rows.at(-2)!] = 1;
  }
  return part;
}
