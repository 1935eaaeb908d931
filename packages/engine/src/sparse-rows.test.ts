import { describe, expect, it } from 'vitest';
import { assertSparseRows, createEvenOffsets, expandRows, groupByRow, sliceRow, toSparseRows } from './sparse-rows.js';

const rows = toSparseRows([[7, 0], [], [2]]);

describe('sparse rows', () => {
  it('pack lists, slice rows and expand to the row of each entry', () => {
    expect(rows).toEqual({ offsets: Int32Array.of(0, 2, 2, 3), ids: Int32Array.of(7, 0, 2) });
    expect([0, 1, 2].map((row) => [...sliceRow(rows, row)])).toEqual([[7, 0], [], [2]]);
    expect(expandRows(rows)).toEqual(Int32Array.of(0, 0, 2));
    expect(toSparseRows([])).toEqual({ offsets: Int32Array.of(0), ids: new Int32Array(0) });
  });

  it('have offsets for rows of equal length', () => {
    expect(createEvenOffsets(3, 5)).toEqual(Int32Array.of(0, 5, 10, 15));
    expect(createEvenOffsets(0, 5)).toEqual(Int32Array.of(0));
  });

  it('group entries by row in the order of the entries', () => {
    const [of, ids, weights] = [Int32Array.of(2, 0, 2, 0), Int32Array.of(5, 3, 1, 7), Float32Array.of(1, 2, 3, 4)];
    expect(groupByRow(of, ids, weights, 3)).toEqual({
      offsets: Int32Array.of(0, 2, 2, 4),
      ids: Int32Array.of(3, 7, 5, 1),
      weights: Float32Array.of(2, 4, 1, 3),
    });
    expect(groupByRow(of, ids, undefined, 3)).not.toHaveProperty('weights');
  });
});

describe('assertSparseRows', () => {
  const refused = (changes: object, size = {}) =>
    expect(() => assertSparseRows('sum', 'bags', { ...rows, ...changes }, { idCount: 11, ...size }));

  it('accepts rows of the expected size', () => {
    refused({}).not.toThrow();
    refused({ weights: new Float32Array(3) }, { rowCount: 3, idCount: 8 }).not.toThrow();
  });

  it('refuses a wrong number of rows, offsets that do not ascend, ids out of range and too few weights', () => {
    refused({}, { rowCount: 5 }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sum(bags.offsets): expected 6 numbers, received 4.]`,
    );
    refused({ offsets: Int32Array.of(0, 2, 1, 3) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sum(bags.offsets): expected 0, then ascending to the 3 entries, received [0, 2, 1, 3].]`,
    );
    refused({ offsets: Int32Array.of(1, 2, 2, 3) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sum(bags.offsets): expected 0, then ascending to the 3 entries, received [1, 2, 2, 3].]`,
    );
    refused({ offsets: Int32Array.of(0, 2, 2, 2) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sum(bags.offsets): expected 0, then ascending to the 3 entries, received [0, 2, 2, 2].]`,
    );
    refused({ offsets: new Int32Array(0) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sum(bags.offsets): expected 0, then ascending to the 3 entries, received [].]`,
    );
    refused({ ids: Int32Array.of(7, 11, 2) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sum(bags.ids): expected ids from 0 to 10, received 11 at position 1.]`,
    );
    refused({ ids: Int32Array.of(7, 0, -1) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sum(bags.ids): expected ids from 0 to 10, received -1 at position 2.]`,
    );
    refused({ weights: new Float32Array(2) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sum(bags.weights): expected 3 numbers, one per entry, received 2.]`,
    );
  });
});
