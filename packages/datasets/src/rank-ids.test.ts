import { describe, expect, it } from 'vitest';
import { rankIds } from './rank-ids.js';

describe('rankIds', () => {
  it('ranks numbers in ascending order, and returns nothing for sorted ids', () => {
    expect([...rankIds(Int32Array.of(30, 4, 100))!]).toEqual([1, 0, 2]);
    expect([...rankIds(Float64Array.of(2 ** 40, 2 ** 39))!]).toEqual([1, 0]);
    expect(rankIds(Int32Array.of(4, 30, 100))).toBeUndefined();
    expect(rankIds([])).toBeUndefined();
  });

  it('ranks texts of whole numbers as numbers, and other texts as texts', () => {
    expect([...rankIds(['30', '4', '100'])!]).toEqual([1, 0, 2]);
    expect([...rankIds(['30', '4', '100', 'x'])!]).toEqual([1, 2, 0, 3]);
    expect([...rankIds(['30', '04', '100'])!]).toEqual([2, 0, 1]);
  });
});
