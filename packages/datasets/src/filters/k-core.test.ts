import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions, listPairs } from '../fixtures.js';
import { countKeys } from '../group-by.js';
import { describeFilter } from '../testing/describe-filter.js';
import { kCore } from './k-core.js';

describeFilter('kCore', kCore({ users: 7, items: 5 }));

// Without item 2, user 1 has one interaction; without user 1, item 1 has one, and so on: only users 3 and 4 remain.
const chain = createInteractions([
  [0, 0],
  [0, 1],
  [1, 1],
  [1, 2],
  [3, 5],
  [3, 6],
  [4, 6],
  [4, 5],
]);

describe('kCore', () => {
  it('repeats until all remaining users and items have enough interactions', () => {
    expect(listPairs(kCore({ minimum: 2 }).apply(chain))).toEqual([
      [103, 50],
      [103, 60],
      [104, 60],
      [104, 50],
    ]);
  });

  it('keeps the largest subset: the same as removing row by row', () => {
    const rng = createRng(5);
    const interactions = createInteractions(
      Array.from({ length: 997 }, () => [rng.integer(101), Math.floor(rng.integer(151) * rng.next())]),
    );
    let rows = listPairs(interactions);
    const count = (at: 0 | 1, id: unknown) => rows.filter((row) => row[at] === id).length;
    const findRemovable = () => rows.findIndex(([user, item]) => count(0, user) < 6 || count(1, item) < 5);
    for (let at = findRemovable(); at >= 0; at = findRemovable()) rows = rows.toSpliced(at, 1);
    const core = kCore({ users: 6, items: 5 }).apply(interactions);
    expect(rows.length).toBeGreaterThan(100);
    expect(listPairs(core)).toEqual(rows);
    expect(Math.min(...countKeys(core.users, core.catalogue.userCount))).toBeGreaterThanOrEqual(6);
  });

  it('throws if no interaction remains', () => {
    expect(() => kCore({ minimum: 3 }).apply(chain)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: kCore: expected interactions that pass, received none of 8. Lower the minimum.]`,
    );
  });

  it('has the same name for the same minimum', () => {
    expect(kCore({ minimum: 5 })).toMatchObject({
      name: 'k-core(5)',
      protocol: kCore({ users: 5, items: 5 }).protocol,
    });
    expect(kCore({ users: 5 }).name).toBe('k-core(users 5, items 1)');
  });
});
