import { invalid } from '@footlight/core';
import { rowsWhere, selectRows } from '../select-rows.js';
import type { Interactions, Splits } from '../types.js';

/** What each row is for: `part[row]` is 0 for train, 1 for validation, 2 for test. */
export type Parts = Uint8Array;

/** Splits row by row. All parts keep the order of the source; what was validated on is known when it comes to the test. */
export function splitByPart(where: string, interactions: Interactions, part: Parts, validation: boolean): Splits {
  const select = (kept: string, passes: (part: number) => boolean): Interactions => {
    const rows = rowsWhere(part.length, (row) => passes(part[row]!));
    return rows.length > 0 ? selectRows(interactions, rows) : invalid(where, `interactions for ${kept}`, `none of ${part.length}`);
  };
  const train = select('train', (at) => at === 0);
  const targets = select('test', (at) => at === 2);
  if (!validation) return { train, test: { history: train, targets } };
  const validated = select('validation', (at) => at === 1);
  return { train, validation: { history: train, targets: validated }, test: { history: select('test', (at) => at < 2), targets } };
}
