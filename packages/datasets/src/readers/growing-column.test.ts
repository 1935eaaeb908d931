import { describe, expect, it } from 'vitest';
import { createGrowingColumn } from './growing-column.js';

describe('createGrowingColumn', () => {
  it.each([
    ['id', Int32Array],
    ['float32', Float32Array],
    ['date', Float64Array],
  ] as const)('keeps every block of %s for any estimate of the length', (kind, Values) => {
    for (const expected of [0, 3, 100]) {
      const column = createGrowingColumn(kind);
      for (const block of [[1, 2], [3, 4, 5], [], [7]]) column.push(Float64Array.from(block), () => expected);
      expect(column.take()).toEqual(Values.of(1, 2, 3, 4, 5, 7));
    }
  });

  it('keeps ids above 32 bits exactly', () => {
    const column = createGrowingColumn('id');
    column.push(Float64Array.of(2 ** 31 - 1));
    column.push(Float64Array.of(2 ** 53 - 1, 3));
    expect(column.take()).toEqual(Float64Array.of(2 ** 31 - 1, 2 ** 53 - 1, 3));
  });
});
