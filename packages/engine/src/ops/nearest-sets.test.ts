import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { type SparseRows, toSparseRows } from '../sparse-rows.js';
import { nearestSets, nearestSetsDefinition } from './nearest-sets.js';
import type { NearestSetsOptions } from './types.js';

/** Packs lists of ids and their transpose. */
function packBoth(rows: readonly (readonly number[])[], columns: number): { sets: SparseRows; members: SparseRows } {
  const transposed = Array.from({ length: columns }, (_, column) =>
    rows.flatMap((ids, row) => (ids.includes(column) ? [row] : [])),
  );
  return { sets: toSparseRows(rows), members: toSparseRows(transposed) };
}

const createOptions = (more: Partial<NearestSetsOptions> = {}): NearestSetsOptions => ({
  // Sizes 4, 1, 2, 0, 2; in common: 0 and 1: 1, 0 and 2: 2, 0 and 4: 1, 2 and 4: 1
  ...packBoth([[0, 1, 2, 3], [0], [1, 2], [], [2, 4]], 7),
  count: 2,
  similarity: 'cosine',
  shrink: 0,
  ...more,
});

describe('nearestSets', () => {
  it('computes cosine similarities', () => {
    const { ids, similarities } = nearestSets(createOptions());
    expect([...ids]).toEqual([2, 1, 0, 1, 0, 4, 3, 3, 2, 0]);
    const cosines = [2 / Math.sqrt(8), 1 / 2, 1 / 2, 0, 2 / Math.sqrt(8), 1 / 2, 0, 0, 1 / 2, 1 / Math.sqrt(8)];
    expect([...similarities]).toEqual([...Float32Array.from(cosines)]);
  });

  it('computes Jaccard similarities', () => {
    const { similarities } = nearestSets(createOptions({ similarity: 'jaccard' }));
    // 2 / (4 + 2 − 2), 1 / (4 + 1 − 1), and the same for 1 and 0; 2 and 0, 2 and 4: 1 / (2 + 2 − 1); 4 and 0: 1 / (2 +
    // 4 − 1)
    expect([...similarities]).toEqual([...Float32Array.of(0.5, 0.25, 0.25, 0, 0.5, 1 / 3, 0, 0, 1 / 3, 1 / 5)]);
  });

  it('lowers small overlaps with shrink', () => {
    expect(nearestSets(createOptions({ shrink: 2 })).similarities[1]).toBeCloseTo(1 / (2 + 2), 6);
  });

  it('orders equal similarities by id', () => {
    const equals = packBoth([[0], [0], [0], [0]], 1);
    expect([...nearestSets(createOptions({ ...equals })).ids]).toEqual([1, 2, 0, 2, 0, 1, 0, 1]);
  });

  for (const similarity of ['cosine', 'jaccard'] as const)
    it(`equals its definition to the last bit, ${similarity}`, () => {
      const rng = createRng(5);
      const rows = Array.from({ length: 61 }, (_, row) =>
        Array.from({ length: 37 }, (_, id) => id).filter(() => rng.next() < (row % 7) / 12),
      );
      for (const count of [1, 11, 60, 70]) {
        const given = createOptions({ ...packBoth(rows, 37), count, similarity, shrink: 3.5 });
        expect(nearestSets(given)).toEqual(nearestSetsDefinition(given));
      }
    });

  it('divides products of weights by products of scales', () => {
    const options = createOptions({
      sets: { ...toSparseRows([[0, 1], [1], [0]]), weights: Float32Array.of(2, 3, 5, 7) },
      members: {
        ...toSparseRows([
          [0, 2],
          [0, 1],
        ]),
        weights: Float32Array.of(1, 4, 1, 0.5),
      },
      similarity: 'product',
      shrink: 1,
      scales: { own: Float32Array.of(2, 1, 1), other: Float32Array.of(1, 1, 3) },
    });
    // 0 and 1: 3 · 0.5 / (2 · 1 + 1), 0 and 2: 2 · 4 / (2 · 3 + 1), 1 and 0: 5 · 1 / (1 · 1 + 1), 2 and 0: 7 · 1 / 2
    const [ids, values] = [
      [2, 1, 0, 1, 0, 2],
      [8 / 7, 0.5, 2.5, 0, 3.5, 0],
    ];
    for (const find of [nearestSets, nearestSetsDefinition]) {
      const { ids: found, similarities } = find(options);
      expect([...found]).toEqual(ids);
      expect([...similarities]).toEqual([...Float32Array.from(values)]);
    }
  });

  it('equals its definition to the last bit, products', () => {
    const rng = createRng(5);
    const { sets, members } = packBoth(
      Array.from({ length: 61 }, (_, row) =>
        Array.from({ length: 37 }, (_, id) => id).filter(() => rng.next() < (row % 7) / 12),
      ),
      37,
    );
    const draw = (length: number) => Float32Array.from({ length }, () => rng.next() * 3 - 1); // some below 0
    for (const scales of [{}, { own: draw(61) }, { own: draw(61), other: draw(61).fill(0, 3, 9) }]) {
      const weights = { sets: { ...sets, weights: draw(sets.ids.length) }, members };
      const both = { ...weights, members: { ...members, weights: draw(sets.ids.length) } };
      for (const rows of [{ sets, members }, weights, both]) {
        const given = createOptions({ ...rows, count: 11, similarity: 'product', shrink: 0, scales });
        expect(nearestSets(given)).toEqual(nearestSetsDefinition(given));
      }
    }
  });

  it.each([nearestSets, nearestSetsDefinition])('gives a set the same neighbors in whatever range, by %o', (find) => {
    const rng = createRng(6);
    const rows = Array.from({ length: 23 }, () =>
      Array.from({ length: 13 }, (_, id) => id).filter(() => rng.next() < 0.3),
    );
    const given = createOptions({ ...packBoth(rows, 13), count: 5 });
    const whole = find(given);
    const ends = [0, 0, 1, 7, 7, 22, 23];
    const parts = ends.slice(1).map((end, at) => find({ ...given, range: [ends[at]!, end] }));
    expect(parts.map(({ ids }) => ids.length)).toEqual([0, 5, 30, 0, 75, 5]);
    expect(parts.flatMap(({ ids }) => [...ids])).toEqual([...whole.ids]);
    expect(parts.flatMap(({ similarities }) => [...similarities])).toEqual([...whole.similarities]);
  });

  it('refuses a range that is none', () => {
    const find = (range: readonly [number, number]) => () => nearestSets(createOptions({ range }));
    expect(find([0, 6])).toThrow('nearestSets(range): expected an integer from 0 to 5, received 6.');
    expect(find([3, 2])).toThrow('nearestSets(range): expected an integer from 0 to 2, received 3.');
    expect(find([-1, 2])).toThrow('nearestSets(range): expected an integer from 0 to 2, received -1.');
  });

  it('refuses members that are not the transpose of the sets', () => {
    const { sets, members } = packBoth([[0, 1], [1]], 2);
    const wrong = { ...members, ids: Int32Array.of(0, 0, 2) };
    expect(() => nearestSets(createOptions({ sets, members: wrong }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: nearestSets(members.ids): expected ids from 0 to 1, received 2 at position 2.]`,
    );
    expect(() =>
      nearestSets(createOptions({ sets, members: packBoth([[0]], 1).members })),
    ).toThrowErrorMatchingInlineSnapshot(`[RecsysError: nearestSets(members): expected 3 entries, received 1.]`);
    expect(() => nearestSets(createOptions({ count: 0 }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: nearestSets(count): expected a positive integer, received 0.]`,
    );
    expect(() => nearestSets(createOptions({ scales: { other: new Float32Array(3) } }))).toThrow(
      'nearestSets(scales.other): expected 5 numbers, one per set, received 3.',
    );
    for (const shrink of [Number.NaN, -1])
      expect(() => nearestSets(createOptions({ shrink }))).toThrow('nearestSets(shrink): expected ');
  });
});
