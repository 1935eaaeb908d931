import { describe, expect, it } from 'vitest';
import { kernels, there } from './compiled.js';

const f = (length: number) => new Float32Array(length);
const i = (...values: number[]) => Int32Array.of(...values);

describe.skipIf(!there)('rows of a table', () => {
  it('are added up by bag, with weights or without', () => {
    const out = f(6);
    kernels.sumRows(Float32Array.of(1, 10, 2, 20, 3, 30), 2, i(0, 2, 2, 3), i(0, 2, 1), Float32Array.of(2, -1, 3), out);
    expect([...out]).toEqual([-1, -10, 0, 0, 6, 60]);
    kernels.sumRows(Float32Array.of(1, 10, 2, 20, 3, 30), 2, i(0, 2, 2, 3), i(0, 2, 1), undefined, out);
    expect([...out]).toEqual([4, 40, 0, 0, 2, 20]);
  });

  it('get the slopes of their bags, each row once, and the sums of the weights', () => {
    const [ids, values, weights] = [i(-1, -1, -1, -1), f(8), f(4)];
    const count = kernels.sumRowsGradient(
      Float32Array.of(1, 10, 2, 20),
      2,
      i(0, 3, 4),
      i(6, 1, 6, 1),
      Float32Array.of(1, 2, 3, 4),
      9,
      ids,
      values,
      weights,
    );
    expect([count, [...ids.slice(0, 2)], [...values.slice(0, 4)], [...weights.slice(0, 2)]]).toEqual([
      2,
      [1, 6],
      [2 + 8, 20 + 80, 1 + 3, 10 + 30],
      [6, 4],
    ]);
  });

  it('are scored for each query, with biases or without', () => {
    const out = f(4);
    const table = Float32Array.of(1, 2, 3, 4, 5, 6);
    kernels.scoreRows(Float32Array.of(1, 1, 1, -1), table, undefined, 2, i(0, 2, 1, 1), out);
    expect([...out]).toEqual([3, 11, -1, -1]);
    kernels.scoreRows(Float32Array.of(1, 1, 1, -1), table, Float32Array.of(10, 20, 30), 2, i(0, 2, 1, 1), out);
    expect([...out]).toEqual([13, 41, 19, 19]);
  });

  it('do nothing where there is nothing', () => {
    kernels.sumRows(f(0), 3, i(0), i(), undefined, f(0));
    kernels.scoreRows(f(0), f(6), undefined, 3, i(), f(0));
    expect(kernels.sumRowsGradient(f(0), 3, i(0), i(), undefined, 7, i(), f(0))).toBe(0);
  });

  it.each<[string, () => unknown]>([
    ['an id beyond the table', () => kernels.sumRows(f(6), 2, i(0, 1), i(3), undefined, f(2))],
    ['an id below 0', () => kernels.sumRowsGradient(f(2), 2, i(0, 1), i(-1), undefined, 3, i(0), f(2))],
    ['offsets that fall', () => kernels.sumRows(f(6), 2, i(0, 2, 1), i(0), undefined, f(4))],
    ['offsets beyond the ids', () => kernels.sumRows(f(6), 2, i(0, 2), i(0), undefined, f(2))],
    ['no offsets', () => kernels.sumRows(f(6), 2, i(), i(), undefined, f(0))],
    ['a table of broken rows', () => kernels.sumRows(f(5), 2, i(0, 1), i(0), undefined, f(2))],
    ['too few weights', () => kernels.sumRows(f(6), 2, i(0, 2), i(0, 1), f(1), f(2))],
    ['too little room', () => kernels.sumRows(f(6), 2, i(0, 1), i(0), undefined, f(1))],
    ['too little room for rows', () => kernels.sumRowsGradient(f(2), 2, i(0, 2), i(0, 1), undefined, 3, i(0), f(4))],
    ['a length of 0', () => kernels.scoreRows(f(0), f(0), undefined, 0, i(), f(0))],
    [
      'candidates that are not as many for each query',
      () => kernels.scoreRows(f(4), f(6), undefined, 2, i(0, 1, 2), f(3)),
    ],
    ['a candidate beyond the table', () => kernels.scoreRows(f(2), f(6), undefined, 2, i(3), f(1))],
    ['biases of another table', () => kernels.scoreRows(f(2), f(6), f(2), 2, i(0), f(1))],
  ])('refuse %s', (_, call) => expect(call).toThrowErrorMatchingSnapshot());
});
