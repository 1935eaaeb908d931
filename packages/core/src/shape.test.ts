import { describe, expect, it } from 'vitest';
import { assertShape } from './shape.js';

// batch 2, time 3, dim 5
const tensor = { shape: [2, 3, 5] };

describe('assertShape', () => {
  it('returns the sizes by name', () =>
    expect(assertShape('x', tensor, ['batch', 'time', 'dim'])).toEqual({ batch: 2, time: 3, dim: 5 }));

  it('accepts a scalar', () => expect(assertShape('x', { shape: [] }, [])).toEqual({}));

  it('wants one size for a repeated name', () => {
    expect(assertShape('x', { shape: [5, 5] }, ['dim', 'dim'])).toEqual({ dim: 5 });
    expect(() => assertShape('covariance', { shape: [5, 3] }, ['dim', 'dim'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: covariance: expected shape [dim, dim], received [5, 3].]`,
    );
  });

  it('names a size that is known already', () => {
    expect(() =>
      assertShape('bprLoss(negatives)', { shape: [128, 7] }, ['query', 'negative'], { query: 256 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bprLoss(negatives): expected shape [query=256, negative], received [128, 7].]`,
    );
  });

  it('refuses another number of axes', () => {
    expect(() => assertShape('encode', tensor, ['batch', 'dim'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: encode: expected shape [batch, dim], received [2, 3, 5].]`,
    );
  });

  it('does not confuse an axis of size 0 with an unknown one', () => {
    expect(assertShape('x', { shape: [0, 0] }, ['query', 'query'])).toEqual({ query: 0 });
    expect(() => assertShape('x', { shape: [0, 2] }, ['query', 'query'])).toThrow('received [0, 2]');
  });

  it('leaves the given sizes alone', () => {
    const sizes = { query: 3 };
    assertShape('x', { shape: [3, 7] }, ['query', 'negative'], sizes);
    expect(sizes).toEqual({ query: 3 });
  });
});
