import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import type { SparseRows } from '../sparse-rows.js';
import { nearestSets, nearestSetsDefinition } from './nearest-sets.js';
import type { NearestSetsOptions } from './types.js';

/** Rows of ids, and the same the other way round. */
function bothWays(rows: readonly (readonly number[])[], columns: number): { sets: SparseRows; members: SparseRows } {
  const turned = Array.from({ length: columns }, (_, column) =>
    rows.flatMap((ids, row) => (ids.includes(column) ? [row] : [])),
  );
  const packed = (lists: readonly (readonly number[])[]): SparseRows => ({
    offsets: Int32Array.from([0, ...lists.map((_, at) => lists.slice(0, at + 1).flat().length)]),
    ids: Int32Array.from(lists.flat()),
  });
  return { sets: packed(rows), members: packed(turned) };
}

const options = (more: Partial<NearestSetsOptions> = {}): NearestSetsOptions => ({
  // Sizes 4, 1, 2, 0, 2; in common: 0 and 1: 1, 0 and 2: 2, 0 and 4: 1, 2 and 4: 1
  ...bothWays([[0, 1, 2, 3], [0], [1, 2], [], [2, 4]], 7),
  count: 2,
  similarity: 'cosine',
  shrink: 0,
  ...more,
});

describe('nearestSets', () => {
  it('counts what sets have in common', () => {
    const { ids, similarities } = nearestSets(options());
    expect([...ids]).toEqual([2, 1, 0, 1, 0, 4, 3, 3, 2, 0]);
    const cosines = [2 / Math.sqrt(8), 1 / 2, 1 / 2, 0, 2 / Math.sqrt(8), 1 / 2, 0, 0, 1 / 2, 1 / Math.sqrt(8)];
    expect([...similarities]).toEqual([...Float32Array.from(cosines)]);
  });

  it('measures by what either has with jaccard', () => {
    const { similarities } = nearestSets(options({ similarity: 'jaccard' }));
    // 2 / (4 + 2 − 2), 1 / (4 + 1 − 1), and the same for 1 and 0; 2 and 0, 2 and 4: 1 / (2 + 2 − 1); 4 and 0: 1 / (2 + 4 − 1)
    expect([...similarities]).toEqual([...Float32Array.of(0.5, 0.25, 0.25, 0, 0.5, 1 / 3, 0, 0, 1 / 3, 1 / 5)]);
  });

  it('believes a small overlap less with shrink', () => {
    expect(nearestSets(options({ shrink: 2 })).similarities[1]).toBeCloseTo(1 / (2 + 2), 6);
  });

  it('prefers lower ids among equals', () => {
    const equals = bothWays([[0], [0], [0], [0]], 1);
    expect([...nearestSets(options({ ...equals })).ids]).toEqual([1, 2, 0, 2, 0, 1, 0, 1]);
  });

  for (const similarity of ['cosine', 'jaccard'] as const)
    it(`is its definition to the last bit, ${similarity}`, () => {
      const rng = createRng(5);
      const rows = Array.from({ length: 61 }, (_, row) =>
        Array.from({ length: 37 }, (_, id) => id).filter(() => rng.next() < (row % 7) / 12),
      );
      for (const count of [1, 11, 60, 70]) {
        const given = options({ ...bothWays(rows, 37), count, similarity, shrink: 3.5 });
        expect(nearestSets(given)).toEqual(nearestSetsDefinition(given));
      }
    });

  it('refuses members that are not the transpose of the sets', () => {
    const { sets, members } = bothWays([[0, 1], [1]], 2);
    const wrong = { ...members, ids: Int32Array.of(0, 0, 2) };
    expect(() => nearestSets(options({ sets, members: wrong }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: nearestSets(members.ids): expected ids from 0 to 1, received 2 at position 2.]`,
    );
    expect(() =>
      nearestSets(options({ sets, members: bothWays([[0]], 1).members })),
    ).toThrowErrorMatchingInlineSnapshot(`[RecsysError: nearestSets(members): expected 3 entries, received 1.]`);
    expect(() => nearestSets(options({ count: 0 }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: nearestSets(count): expected a positive integer, received 0.]`,
    );
  });
});
