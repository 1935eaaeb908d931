import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

const f = (length: number) => new Float32Array(length);
const i = (...values: number[]) => Int32Array.of(...values);

describe.skipIf(!isCompiled)('rows of a table', () => {
  it('are summed per bag, with and without weights', () => {
    const out = f(6);
    kernels.sumRows(Float32Array.of(1, 10, 2, 20, 3, 30), 2, i(0, 2, 2, 3), i(0, 2, 1), Float32Array.of(2, -1, 3), out);
    expect([...out]).toEqual([-1, -10, 0, 0, 6, 60]);
    kernels.sumRows(Float32Array.of(1, 10, 2, 20, 3, 30), 2, i(0, 2, 2, 3), i(0, 2, 1), undefined, out);
    expect([...out]).toEqual([4, 40, 0, 0, 2, 20]);
  });

  it('have merged gradients, and the sums of the weights', () => {
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

  it('are scored for each query, with and without biases', () => {
    const out = f(4);
    const table = Float32Array.of(1, 2, 3, 4, 5, 6);
    kernels.scoreRows(Float32Array.of(1, 1, 1, -1), table, undefined, 2, i(0, 2, 1, 1), out);
    expect([...out]).toEqual([3, 11, -1, -1]);
    kernels.scoreRows(Float32Array.of(1, 1, 1, -1), table, Float32Array.of(10, 20, 30), 2, i(0, 2, 1, 1), out);
    expect([...out]).toEqual([13, 41, 19, 19]);
  });

  it('may be empty', () => {
    kernels.sumRows(f(0), 3, i(0), i(), undefined, f(0));
    kernels.scoreRows(f(0), f(6), undefined, 3, i(), f(0));
    expect(kernels.sumRowsGradient(f(0), 3, i(0), i(), undefined, 7, i(), f(0))).toBe(0);
  });

  it.each<[string, () => unknown]>([
    ['an id beyond the table', () => kernels.sumRows(f(6), 2, i(0, 1), i(3), undefined, f(2))],
    ['an id below 0', () => kernels.sumRowsGradient(f(2), 2, i(0, 1), i(-1), undefined, 3, i(0), f(2))],
    ['descending offsets', () => kernels.sumRows(f(6), 2, i(0, 2, 1), i(0), undefined, f(4))],
    ['offsets beyond the ids', () => kernels.sumRows(f(6), 2, i(0, 2), i(0), undefined, f(2))],
    ['no offsets', () => kernels.sumRows(f(6), 2, i(), i(), undefined, f(0))],
    ['a table with an incomplete row', () => kernels.sumRows(f(5), 2, i(0, 1), i(0), undefined, f(2))],
    ['too few weights', () => kernels.sumRows(f(6), 2, i(0, 2), i(0, 1), f(1), f(2))],
    ['an output that is too short', () => kernels.sumRows(f(6), 2, i(0, 1), i(0), undefined, f(1))],
    ['outputs with too few rows', () => kernels.sumRowsGradient(f(2), 2, i(0, 2), i(0, 1), undefined, 3, i(0), f(4))],
    ['a dim of 0', () => kernels.scoreRows(f(0), f(0), undefined, 0, i(), f(0))],
    ['different numbers of candidates per query', () => kernels.scoreRows(f(4), f(6), undefined, 2, i(0, 1, 2), f(3))],
    ['a candidate beyond the table', () => kernels.scoreRows(f(2), f(6), undefined, 2, i(3), f(1))],
    ['a wrong number of biases', () => kernels.scoreRows(f(2), f(6), f(2), 2, i(0), f(1))],
  ])('refuse %s', (_, call) => expect(call).toThrowErrorMatchingSnapshot());
});
