import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { describeNegatives } from '../testing/describe-negatives.js';
import { numpyNegatives } from './numpy-negatives.js';

describeNegatives('numpyNegatives', numpyNegatives({ count: 3 }), { drawnBy: 'context' });

// Eight rows and 1,682 items, as many as MovieLens 100K has.
const train = {
  ...createInteractions(
    Array.from({ length: 8 }, (_, row) => [row % 3, row] as const),
    { itemCount: 1682 },
  ),
  order: 'source' as const,
};

/** The movies 1 … 1682 that are sampled for some rows. */
function sampleMovies(
  count: number,
  epoch: number,
  rows: readonly number[],
  sampler = numpyNegatives({ count }).prepare(train),
): number[] {
  const ids = new Int32Array(rows.length);
  const drawn = sampler.sample(ids, ids, createRng(1), { epoch, rows: Int32Array.from(rows) });
  return Array.from(drawn, (item) => item + 1);
}

describe('numpyNegatives', () => {
  it('samples the numbers of numpy: RandomState(epoch).randint(1, 1683, 8)', () => {
    expect(sampleMovies(1, 0, [0, 1, 2, 3, 4, 5, 6, 7])).toEqual([685, 560, 1654, 1217, 836, 764, 1384, 1034]);
    expect(sampleMovies(1, 1, [0, 1, 2, 3, 4, 5, 6, 7])).toEqual([1062, 236, 1097, 906, 716, 1670, 848, 961]);
  });

  it('has fixed positions for each row', () => {
    expect(sampleMovies(1, 0, [7, 2, 2])).toEqual([1034, 1654, 1654]);
    expect(sampleMovies(2, 0, [3, 0])).toEqual([1384, 1034, 685, 560]); // numbers 6 7, then 0 1
  });

  it('counts rows in canonical order by default: here 0 3 6, 1 4 7, 2 5', () => {
    const { order: _, ...canonical } = train;
    const sampler = numpyNegatives({ count: 1 }).prepare(canonical);
    const rows = [0, 3, 6, 1, 4, 7, 2, 5];
    expect(sampleMovies(1, 0, rows, sampler)).toEqual([685, 560, 1654, 1217, 836, 764, 1384, 1034]);
  });

  it('throws if queries are not interactions', () => {
    const sampler = numpyNegatives({ count: 1 }).prepare(train);
    const ids = Int32Array.of(0);
    expect(() => sampler.sample(ids, ids, createRng(1), { epoch: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: numpyNegatives: expected the training interaction of each query, received none. These negatives are for models that read user ids.]`,
    );
    expect(() => sampler.sample(ids, ids, createRng(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: numpyNegatives: expected the epoch and the training interaction of each query, received neither. These negatives are for models that read user ids.]`,
    );
  });
});
