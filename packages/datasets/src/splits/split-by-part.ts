import { invalid } from '@footlight/core';
import { getGroup, groupBy } from '../group-by-user.js';
import { findRows, selectRows } from '../select-rows.js';
import type { Interactions, Splits } from '../types.js';

/** What each row is for: `part[row]` is 0 for train, 1 for validation, 2 for test. */
export type Parts = Uint8Array;

/** Splits row by row. All parts keep the order of the source; what was validated on is known when it comes to the test. */
export function splitByPart(where: string, interactions: Interactions, part: Parts, validation: boolean): Splits {
  const grouped = groupBy(part, 3);
  const select = (name: string, of: number): Interactions => {
    const rows = getGroup(grouped, of);
    return rows.length > 0
      ? selectRows(interactions, rows)
      : invalid(where, `interactions for ${name}`, `none of ${part.length}`);
  };
  const train = select('train', 0);
  const targets = select('test', 2);
  if (!validation) return { train, test: { history: train, targets } };
  const validated = select('validation', 1);
  const known = findRows(part.length, (row) => part[row]! < 2);
  return {
    train,
    validation: { history: train, targets: validated },
    test: { history: selectRows(interactions, known), targets },
  };
}
