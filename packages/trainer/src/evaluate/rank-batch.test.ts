import { createRng } from '@footlight/core';
import { describeOnBackends } from '@footlight/engine/testing';
import { rankQuery, topK } from '@footlight/metrics';
import { expect, it } from 'vitest';
import { rankBatch } from './rank-batch.js';

describeOnBackends('rankBatch', () => {
  const [query, dim, itemCount] = [3, 2, 11];
  const rng = createRng(5);
  // whole numbers: sums are exact, ties many
  const whole = (length: number) => Float32Array.from({ length }, () => Math.floor(rng.next() * 4) - 1);
  const [vectors, table, bias] = [whole(query * dim), whole(itemCount * dim), whole(itemCount)];
  const rows = Float32Array.from({ length: query * itemCount }, (_, at) => {
    const [q, item] = [Math.floor(at / itemCount), at % itemCount];
    return vectors[q * dim]! * table[item * dim]! + vectors[q * dim + 1]! * table[item * dim + 1]! + bias[item]!;
  });
  const excluded = [Int32Array.of(4, 0, 4), Int32Array.of(), Int32Array.of(7, 8)];
  const relevant = [Int32Array.of(10, 3, 0), Int32Array.of(5), Int32Array.of()];

  for (const excludedRank of ['none', 'last'] as const)
    for (const [what, scores] of [
      ['scores', { rows }],
      ['products', { vectors, table, bias }],
    ] as const)
      it(`ranks ${what} as each query alone, excluded items ${excludedRank}`, () => {
        const batch = rankBatch(scores, { itemCount, excluded, relevant, excludedRank, top: 4 });
        for (let at = 0; at < query; at++) {
          const own = rows.subarray(at * itemCount, (at + 1) * itemCount);
          const { ranks, bestRanks, worstRanks, ...counts } = batch.readRanks(at);
          const expected = rankQuery({ scores: own, relevant: relevant[at]!, excluded: excluded[at]!, excludedRank });
          expect({
            ...counts,
            ranks: Int32Array.from(ranks),
            bestRanks: Int32Array.from(bestRanks),
            worstRanks: Int32Array.from(worstRanks),
          }).toEqual(expected);
          expect([...batch.readList(at)]).toEqual([...topK(own, 4, excluded[at]!)]);
        }
      });

  it('shortens lists if no item is left', () => {
    const everything = Int32Array.from({ length: itemCount - 1 }, (_, item) => item);
    const batch = rankBatch(
      { rows: rows.subarray(0, itemCount) },
      { itemCount, excluded: [everything], relevant: [relevant[0]!], excludedRank: 'none', top: 4 },
    );
    expect([...batch.readList(0)]).toEqual([10]);
    expect(batch.readRanks(0)).toMatchObject({ candidateCount: 1, relevantCount: 3 });
  });
});
