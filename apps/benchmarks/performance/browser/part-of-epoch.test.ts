import { describe, expect, it } from 'vitest';
import { countSteps, selectRows } from './part-of-epoch.js';

const ids = (count: number) => Int32Array.from({ length: count }, (_, id) => id);
const all = {
  catalogue: { userCount: 2050, itemCount: 2050, userIds: ids(2050), itemIds: ids(2050) },
  users: ids(2050),
  items: ids(2050).reverse(),
};

describe('countSteps', () => {
  it('counts the last batch, which may be smaller', () => {
    expect(countSteps(all)).toBe(3);
  });
});

describe('selectRows', () => {
  it('keeps pairs and the catalogue, and selects at equal distances', () => {
    const { catalogue, users, items } = selectRows(all, 4);
    expect(catalogue).toBe(all.catalogue);
    expect([...users]).toEqual([0, 512, 1025, 1537]);
    expect([...items]).toEqual([2049, 1537, 1024, 512]);
  });
});
