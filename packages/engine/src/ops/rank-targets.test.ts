import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { type SparseRows, toSparseRows } from '../sparse-rows.js';
import { rankTargets, rankTargetsDefinition } from './rank-targets.js';
import { sumSparseRows } from './sum-sparse-rows.js';
import type { RankTargetsOptions } from './types.js';

const example: RankTargetsOptions = {
  itemCount: 5,
  scores: { rows: Float32Array.of(1, 3, 2, 2, 9) },
  seen: toSparseRows([[4]]),
  relevant: toSparseRows([[3, 0]]),
  top: 2,
};

describe('rankTargets', () => {
  for (const [title, run] of [
    ['by default', rankTargets],
    ['by definition', rankTargetsDefinition],
  ] as const)
    it(`counts the candidates above each target, ${title}`, () => {
      // Without item 4: 1 (3), 2 (2), 3 (2), 0 (1). Items 2 and 3 share places 1 and 2.
      expect(run(example)).toEqual({
        ranks: Int32Array.of(2, 3),
        bestRanks: Int32Array.of(1, 3),
        worstRanks: Int32Array.of(2, 3),
        found: Int32Array.of(2),
        candidateCounts: Int32Array.of(4),
        top: Int32Array.of(1, 2),
        topScores: Float32Array.of(3, 2),
      });
    });

  for (const seenRank of ['none', 'last'] as const)
    for (const product of [true, false])
      it(`equals its definition, seen items ${seenRank}, ${product ? 'products' : 'rows'}`, () => {
        const rng = createRng(3);
        const [queries, itemCount, dim] = [307, 2503, 5];
        // Small whole numbers: products are exact, and many scores are equal.
        const drawIntegers = (length: number) => Float32Array.from({ length }, () => Math.floor(rng.next() * 7) - 3);
        const drawLists = (most: number) =>
          toSparseRows(
            Array.from({ length: queries }, () => [
              ...new Set(
                Array.from({ length: Math.floor(rng.next() * most) }, () => Math.floor(rng.next() * itemCount)),
              ),
            ]),
          );
        const options: RankTargetsOptions = {
          itemCount,
          scores: product
            ? {
                vectors: drawIntegers(queries * dim),
                table: drawIntegers(itemCount * dim),
                bias: drawIntegers(itemCount),
              }
            : {
                rows: drawIntegers(queries * itemCount).map((score) =>
                  score === 3 ? Number.NEGATIVE_INFINITY : score,
                ),
              },
          seen: drawLists(400),
          relevant: drawLists(11),
          seenRank,
          top: 13,
        };
        expect(rankTargets(options)).toEqual(rankTargetsDefinition(options));
      });

  for (const seenRank of ['none', 'last'] as const)
    it(`ranks sums of sparse rows as it ranks the same scores in memory, seen items ${seenRank}`, () => {
      const rng = createRng(3);
      const [queries, rows, itemCount] = [97, 53, 2503];
      const drawLists = (count: number, most: number, ids: number) =>
        toSparseRows(
          Array.from({ length: count }, () => [
            ...new Set(Array.from({ length: Math.floor(rng.next() * most) }, () => Math.floor(rng.next() * ids))),
          ]),
        );
      const withWeights = (lists: SparseRows) => ({
        ...lists,
        // Many are equal, some are negative: items that no row has rank in between.
        weights: Float32Array.from(lists.ids, () => (rng.next() < 0.5 ? 0.1 : rng.next() - 0.3)),
      });
      const [bags, table] = [drawLists(queries, 9, rows), drawLists(rows, 200, itemCount)];
      const lists = { seen: drawLists(queries, 400, itemCount), relevant: drawLists(queries, 11, itemCount) };
      for (const scores of [
        { bags, sparseTable: table },
        { bags: withWeights(bags), sparseTable: withWeights(table) },
      ]) {
        const options = { ...lists, itemCount, seenRank, top: 13 };
        const dense = { ...options, scores: { rows: sumSparseRows(scores, itemCount) } };
        expect(rankTargets({ ...options, scores })).toEqual(rankTargets(dense));
        expect(rankTargetsDefinition({ ...options, scores })).toEqual(rankTargetsDefinition(dense));
        expect(rankTargets(dense)).toEqual(rankTargetsDefinition(dense));
      }
    });

  it('refuses sparse scores of other sizes', () => {
    const sparse = (bag: number, item: number) => () =>
      rankTargets({ ...example, scores: { bags: toSparseRows([[bag]]), sparseTable: toSparseRows([[item]]) } });
    expect(sparse(1, 0)).toThrow('rankTargets(scores.bags.ids): expected ids from 0 to 0, received 1 at position 0.');
    expect(sparse(0, 5)).toThrow(
      'rankTargets(scores.sparseTable.ids): expected ids from 0 to 4, received 5 at position 0.',
    );
  });

  for (const itemCount of [1, 2, 3, 1024, 1025, 1026, 1301])
    for (const targetCount of [1, 2, 3, 5, 101])
      it(`finds no equal scores for each of ${targetCount} targets, ${itemCount} items`, () => {
        const rng = createRng(11);
        const [queries, dim] = [itemCount % 2 ? 1 : 3, 67];
        const draw = (length: number) => Float32Array.from({ length }, () => rng.next() - 0.5);
        const count = Math.min(targetCount, itemCount);
        const last = toSparseRows(
          Array.from({ length: queries }, () => Array.from({ length: count }, (_, at) => itemCount - 1 - at)),
        );
        const none = toSparseRows(Array.from({ length: queries }, () => []));
        const scores = { vectors: draw(queries * dim), table: draw(itemCount * dim), bias: draw(itemCount) };
        const { ranks, bestRanks, worstRanks } = rankTargets({ itemCount, scores, seen: none, relevant: last });
        // equal without ties; the worst rank of a target that did not count itself would be lower
        expect([bestRanks, worstRanks]).toEqual([ranks, ranks]);
      });

  it('refuses ids, lengths and scores that are invalid', () => {
    expect(() => rankTargets({ ...example, relevant: toSparseRows([[5]]) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankTargets(relevant.ids): expected ids from 0 to 4, received 5 at position 0.]`,
    );
    expect(() =>
      rankTargets({ ...example, relevant: toSparseRows([[4, 1, 2, 1]]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankTargets(relevant.ids): expected each item once per query, received item 1 twice in query 0.]`,
    );
    expect(() => rankTargets({ ...example, seen: toSparseRows([]) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankTargets(seen.offsets): expected 2 numbers, received 1.]`,
    );
    expect(() =>
      rankTargets({ ...example, scores: { rows: Float32Array.of(1, 2, Number.NaN, 4, 5) } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankTargets(scores): expected a number for every item, received NaN for item 2. Did the training diverge?]`,
    );
  });
});
