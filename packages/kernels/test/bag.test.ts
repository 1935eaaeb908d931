import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

const f = (length: number) => new Float32Array(length);
const i = (...values: number[]) => Int32Array.of(...values);

describe.skipIf(!isCompiled)('rows of a table', () => {
  it('are summed per bag, with and without weights', () => {
    const out = f(6);
    kernels.sumRows({
      table: Float32Array.of(1, 10, 2, 20, 3, 30),
      dim: 2,
      offsets: i(0, 2, 2, 3),
      ids: i(0, 2, 1),
      weights: Float32Array.of(2, -1, 3),
      out,
    });
    expect([...out]).toEqual([-1, -10, 0, 0, 6, 60]);
    kernels.sumRows({
      table: Float32Array.of(1, 10, 2, 20, 3, 30),
      dim: 2,
      offsets: i(0, 2, 2, 3),
      ids: i(0, 2, 1),
      out,
    });
    expect([...out]).toEqual([4, 40, 0, 0, 2, 20]);
  });

  it('have merged gradients, and the sums of the weights', () => {
    const [ids, values, weights] = [i(-1, -1, -1, -1), f(8), f(4)];
    const count = kernels.sumRowsGradient({
      gradients: Float32Array.of(1, 10, 2, 20),
      dim: 2,
      offsets: i(0, 3, 4),
      ids: i(6, 1, 6, 1),
      weights: Float32Array.of(1, 2, 3, 4),
      rowCount: 9,
      outIds: ids,
      outValues: values,
      outWeights: weights,
    });
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
    kernels.scoreRows({ vectors: Float32Array.of(1, 1, 1, -1), table, dim: 2, ids: i(0, 2, 1, 1), out });
    expect([...out]).toEqual([3, 11, -1, -1]);
    kernels.scoreRows({
      vectors: Float32Array.of(1, 1, 1, -1),
      table,
      bias: Float32Array.of(10, 20, 30),
      dim: 2,
      ids: i(0, 2, 1, 1),
      out,
    });
    expect([...out]).toEqual([13, 41, 19, 19]);
  });

  it('may be empty', () => {
    kernels.sumRows({ table: f(0), dim: 3, offsets: i(0), ids: i(), out: f(0) });
    kernels.scoreRows({ vectors: f(0), table: f(6), dim: 3, ids: i(), out: f(0) });
    expect(
      kernels.sumRowsGradient({
        gradients: f(0),
        dim: 3,
        offsets: i(0),
        ids: i(),
        rowCount: 7,
        outIds: i(),
        outValues: f(0),
      }),
    ).toBe(0);
  });

  it.each<[string, () => unknown]>([
    ['an id beyond the table', () => kernels.sumRows({ table: f(6), dim: 2, offsets: i(0, 1), ids: i(3), out: f(2) })],
    [
      'an id below 0',
      () =>
        kernels.sumRowsGradient({
          gradients: f(2),
          dim: 2,
          offsets: i(0, 1),
          ids: i(-1),
          rowCount: 3,
          outIds: i(0),
          outValues: f(2),
        }),
    ],
    ['descending offsets', () => kernels.sumRows({ table: f(6), dim: 2, offsets: i(0, 2, 1), ids: i(0), out: f(4) })],
    ['offsets beyond the ids', () => kernels.sumRows({ table: f(6), dim: 2, offsets: i(0, 2), ids: i(0), out: f(2) })],
    ['no offsets', () => kernels.sumRows({ table: f(6), dim: 2, offsets: i(), ids: i(), out: f(0) })],
    [
      'a table with an incomplete row',
      () => kernels.sumRows({ table: f(5), dim: 2, offsets: i(0, 1), ids: i(0), out: f(2) }),
    ],
    [
      'too few weights',
      () => kernels.sumRows({ table: f(6), dim: 2, offsets: i(0, 2), ids: i(0, 1), weights: f(1), out: f(2) }),
    ],
    [
      'an output that is too short',
      () => kernels.sumRows({ table: f(6), dim: 2, offsets: i(0, 1), ids: i(0), out: f(1) }),
    ],
    [
      'outputs with too few rows',
      () =>
        kernels.sumRowsGradient({
          gradients: f(2),
          dim: 2,
          offsets: i(0, 2),
          ids: i(0, 1),
          rowCount: 3,
          outIds: i(0),
          outValues: f(4),
        }),
    ],
    ['a dim of 0', () => kernels.scoreRows({ vectors: f(0), table: f(0), dim: 0, ids: i(), out: f(0) })],
    [
      'different numbers of candidates per query',
      () => kernels.scoreRows({ vectors: f(4), table: f(6), dim: 2, ids: i(0, 1, 2), out: f(3) }),
    ],
    [
      'a candidate beyond the table',
      () => kernels.scoreRows({ vectors: f(2), table: f(6), dim: 2, ids: i(3), out: f(1) }),
    ],
    [
      'a wrong number of biases',
      () => kernels.scoreRows({ vectors: f(2), table: f(6), bias: f(2), dim: 2, ids: i(0), out: f(1) }),
    ],
  ])('refuse %s', (_, call) => expect(call).toThrowErrorMatchingSnapshot());
});
