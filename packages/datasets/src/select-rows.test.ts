import { describe, expect, it } from 'vitest';
import { createInteractions } from './fixtures.js';
import { findRows, selectRows } from './select-rows.js';

const interactions = createInteractions([
  [2, 0, 50],
  [0, 1, 40],
  [1, 2, 30],
]);

describe('selectRows', () => {
  it('selects rows of every column in the given order', () => {
    expect(selectRows({ ...interactions, parts: Uint8Array.of(0, 1, 0) }, Int32Array.of(1, 0, 1))).toEqual({
      catalogue: interactions.catalogue,
      users: Int32Array.of(0, 2, 0),
      items: Int32Array.of(1, 0, 1),
      ratings: Float32Array.of(2, 1, 2),
      timestamps: Float64Array.of(40, 50, 40),
      parts: Uint8Array.of(1, 0, 1),
    });
  });

  it('adds no column', () => {
    const { catalogue, users, items } = interactions;
    expect(Object.keys(selectRows({ catalogue, users, items }, Int32Array.of(2)))).toEqual([
      'catalogue',
      'users',
      'items',
    ]);
  });
});

describe('findRows', () => {
  it('lists the rows that pass, ascending', () =>
    expect(findRows(7, (row) => row % 3 === 1)).toEqual(Int32Array.of(1, 4)));
});
