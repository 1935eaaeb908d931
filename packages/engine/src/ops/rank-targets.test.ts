import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { type RankTargetsOptions, rankTargets, rankTargetsDefinition } from './rank-targets.js';
import type { SparseRows } from './solve-least-squares.js';

function packed(lists: readonly (readonly number[])[]): SparseRows {
  return {
    offsets: Int32Array.from([0, ...lists.map((_, at) => lists.slice(0, at + 1).flat().length)]),
    ids: Int32Array.from(lists.flat()),
  };
}

const byHand: RankTargetsOptions = {
  itemCount: 5,
  scores: { rows: Float32Array.of(1, 3, 2, 2, 9) },
  seen: packed([[4]]),
  relevant: packed([[3, 0]]),
  top: 2,
};

describe('rankTargets', () => {
  for (const [title, run] of [
    ['as used', rankTargets],
    ['by definition', rankTargetsDefinition],
  ] as const)
    it(`counts what stands above, ${title}`, () => {
      // Without item 4: 1 (3), 2 (2), 3 (2), 0 (1). Items 2 and 3 share places 1 and 2.
      expect(run(byHand)).toEqual({
        ranks: Int32Array.of(2, 3),
        averageRanks: Float64Array.of(1.5, 3),
        found: Int32Array.of(2),
        candidateCounts: Int32Array.of(4),
        top: Int32Array.of(1, 2),
      });
    });

  for (const seenRank of ['none', 'last'] as const)
    for (const product of [true, false])
      it(`is its definition, seen items ${seenRank}, ${product ? 'products' : 'rows'}`, () => {
        const rng = createRng(3);
        const [queries, itemCount, dim] = [307, 2503, 5];
        // Small whole numbers: products are exact, and many scores are equal.
        const whole = (length: number) => Float32Array.from({ length }, () => Math.floor(rng.next() * 7) - 3);
        const some = (most: number) =>
          packed(
            Array.from({ length: queries }, () => [
              ...new Set(
                Array.from({ length: Math.floor(rng.next() * most) }, () => Math.floor(rng.next() * itemCount)),
              ),
            ]),
          );
        const options: RankTargetsOptions = {
          itemCount,
          scores: product
            ? { vectors: whole(queries * dim), table: whole(itemCount * dim), bias: whole(itemCount) }
            : { rows: whole(queries * itemCount).map((score) => (score === 3 ? Number.NEGATIVE_INFINITY : score)) },
          seen: some(400),
          relevant: some(11),
          seenRank,
          top: 13,
        };
        expect(rankTargets(options)).toEqual(rankTargetsDefinition(options));
      });

  for (const itemCount of [1, 2, 3, 1024, 1025, 1026, 1301])
    for (const targetCount of [1, 2, 3, 5, 101])
      it(`finds each of ${targetCount} targets equal to itself alone, ${itemCount} items`, () => {
        const rng = createRng(11);
        const [queries, dim] = [itemCount % 2 ? 1 : 3, 67];
        const drawn = (length: number) => Float32Array.from({ length }, () => rng.next() - 0.5);
        const count = Math.min(targetCount, itemCount);
        const last = packed(
          Array.from({ length: queries }, () => Array.from({ length: count }, (_, at) => itemCount - 1 - at)),
        );
        const none = packed(Array.from({ length: queries }, () => []));
        const scores = { vectors: drawn(queries * dim), table: drawn(itemCount * dim), bias: drawn(itemCount) };
        const { ranks, averageRanks } = rankTargets({ itemCount, scores, seen: none, relevant: last });
        expect([...averageRanks]).toEqual([...ranks]); // without equals the two are the same; half a place off where a target misses itself
      });

  it('refuses what does not belong together', () => {
    expect(() => rankTargets({ ...byHand, relevant: packed([[5]]) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankTargets(relevant): expected ids from 0 to 4, received 5.]`,
    );
    expect(() => rankTargets({ ...byHand, seen: packed([]) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankTargets(seen).offsets: expected 2 numbers, received 1.]`,
    );
    expect(() =>
      rankTargets({ ...byHand, scores: { rows: Float32Array.of(1, 2, Number.NaN, 4, 5) } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankTargets(scores): expected a number for every item, received NaN for item 2. Did the training diverge?]`,
    );
  });
});
