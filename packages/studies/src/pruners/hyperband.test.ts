import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.js';
import { chooseBracket, hyperbandPruner, shareBudget } from './hyperband.js';
import { countReports, createRecord } from './pruners.fixture.js';

describe('hyperbandPruner', () => {
  it('has the brackets of Optuna', () => {
    expect(crc32('123456789')).toBe(0xcbf43926); // the check value of CRC-32
    const budgets = shareBudget(27, 3);
    expect(budgets).toEqual([27, 12, 6, 4]);
    const brackets = Array.from({ length: 12 }, (_, number) => chooseBracket('search', number, budgets));
    expect(brackets).toEqual([0, 0, 2, 2, 0, 1, 0, 0, 0, 0, 1, 2]);
  });

  it('decides within the bracket of a trial', () => {
    const reached = [0, 1].map((number) => ({
      ...createRecord(number, [0]),
      systemAttributes: { completed_rung_0: 1 },
    }));
    // Trial 2 belongs to bracket 2, whose first decision falls at step 9; without rivals it goes on.
    expect(countReports(hyperbandPruner({ maximumSteps: 27 }), reached, new Array(12).fill(9))).toBe(12);
    // Trial 4 belongs to bracket 0, with the trials 0 and 1.
    const four = [...reached, createRecord(2, [0]), createRecord(3, [0])];
    expect(countReports(hyperbandPruner({ maximumSteps: 27 }), four, new Array(12).fill(9))).toBe(2);
    expect(countReports(hyperbandPruner(), [], [9, 9, 9])).toBe(3); // no complete trial shows the length
  });
});
