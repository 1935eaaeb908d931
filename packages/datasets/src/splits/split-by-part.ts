import { invalid } from '@footlight/core';
import { getGroup, groupBy } from '../group-by.js';
import { findRows, selectRows } from '../select-rows.js';
import type { Interactions, Splits } from '../types.js';

/** The part of each row: 0 = train, 1 = validation, 2 = test. */
export type Parts = Uint8Array;

/**
 * Splits row by row. All parts keep the order of the rows. Validation targets belong to the history of the test part.
 */
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
  const testHistory = findRows(part.length, (row) => part[row]! < 2);
  return {
    train,
    validation: { history: train, targets: validated },
    test: { history: selectRows(interactions, testHistory), targets },
  };
}
