import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { createSample } from '../testing/sample.js';
import { toCoo } from './to-coo.js';
import { toCsr } from './to-csr.js';

// Ratings 4, 1, 2, 3; user 1 has item 2 twice, user 2 has none.
const interactions = createInteractions(
  [
    [1, 2, 0, 4],
    [0, 1, 0, 1],
    [1, 0, 0, 2],
    [1, 2, 0, 3],
  ],
  { userCount: 3, itemCount: 5 },
);

describe('toCoo', () => {
  it('has an entry per interaction', () => {
    expect(toCoo(interactions, { values: 'ratings' })).toEqual({
      shape: [3, 5],
      row: Int32Array.of(1, 0, 1, 1),
      col: Int32Array.of(2, 1, 0, 2),
      data: Float32Array.of(4, 1, 2, 3),
    });
    expect(toCoo(interactions).data).toEqual(Float32Array.of(1, 1, 1, 1));
  });

  it('has the weights where there are any, and says which values are missing', () => {
    const weights = Float32Array.of(0.5, 0, 2, 1);
    expect(toCoo({ ...interactions, weights }).data).toEqual(weights);
    expect(() => toCoo(interactions, { values: 'weights' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: toCoo(values): expected interactions with weights, received none. Try 'ones'.]`,
    );
  });
});

describe('toCsr', () => {
  it('has a row per user, sorted by item, and adds repeated pairs', () => {
    expect(toCsr(interactions, { values: 'ratings' })).toEqual({
      shape: [3, 5],
      indptr: Int32Array.of(0, 1, 3, 3),
      indices: Int32Array.of(1, 0, 2),
      data: Float32Array.of(1, 2, 7),
    });
  });

  it('is the same matrix as toCoo', () => {
    const sample = createSample();
    const toDense = new Map<string, number>();
    const { row, col, data } = toCoo(sample);
    row.forEach((user, at) => {
      const key = `${user} ${col[at]}`;
      toDense.set(key, (toDense.get(key) ?? 0) + data[at]!);
    });
    const { indptr, indices, data: sums } = toCsr(sample);
    const entries = Array.from(indptr.subarray(1), (end, user) =>
      Array.from(
        indices.subarray(indptr[user], end),
        (item, at) => [`${user} ${item}`, sums[indptr[user]! + at]!] as const,
      ),
    ).flat();
    expect(new Map(entries)).toEqual(toDense);
  });
});
