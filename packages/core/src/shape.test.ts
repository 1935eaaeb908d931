import { describe, expect, it } from 'vitest';
import { assertShape } from './shape.js';

// batch 2, time 3, dim 5
const tensor = { shape: [2, 3, 5] };

describe('assertShape', () => {
  it('returns the sizes by axis name', () =>
    expect(assertShape('x', tensor, ['batch', 'time', 'dim'])).toEqual({ batch: 2, time: 3, dim: 5 }));

  it('accepts a scalar', () => expect(assertShape('x', { shape: [] }, [])).toEqual({}));

  it('requires equal sizes for a repeated name', () => {
    expect(assertShape('x', { shape: [5, 5] }, ['dim', 'dim'])).toEqual({ dim: 5 });
    expect(() => assertShape('covariance', { shape: [5, 3] }, ['dim', 'dim'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: covariance: expected shape [dim, dim], received [5, 3].]`,
    );
  });

  it('has the sizes that are given in its message', () => {
    expect(() =>
      assertShape('bprLoss(negatives)', { shape: [128, 7] }, ['query', 'negative'], { query: 256 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bprLoss(negatives): expected shape [query=256, negative], received [128, 7].]`,
    );
  });

  it('rejects another number of axes', () => {
    expect(() => assertShape('encode', tensor, ['batch', 'dim'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: encode: expected shape [batch, dim], received [2, 3, 5].]`,
    );
  });

  it('distinguishes an axis of size 0 from an unknown axis', () => {
    expect(assertShape('x', { shape: [0, 0] }, ['query', 'query'])).toEqual({ query: 0 });
    expect(() => assertShape('x', { shape: [0, 2] }, ['query', 'query'])).toThrow('received [0, 2]');
  });

  it('does not change the given sizes', () => {
    const sizes = { query: 3 };
    assertShape('x', { shape: [3, 7] }, ['query', 'negative'], sizes);
    expect(sizes).toEqual({ query: 3 });
  });
});
