import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeLayer } from './testing/describe-layer.js';
import { zeroEmbedding } from './zero-embedding.js';

describeLayer('zeroEmbedding', {
  create: () => zeroEmbedding({ count: 7, dim: 5 }),
  input: () =>
    tf.tensor2d(
      [
        [6, 0, 3],
        [3, 3, 1],
      ],
      [2, 3],
      'int32',
    ),
});

describe('zeroEmbedding', () => {
  it('starts at zero for every id', () =>
    expect(
      zeroEmbedding({ count: 3, dim: 1 })
        .apply(tf.tensor1d([2, 0], 'int32'))
        .arraySync(),
    ).toEqual([[0], [0]]));

  it('rejects a table without rows', () =>
    expect(() => zeroEmbedding({ count: -3, dim: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: zeroEmbedding(count): expected a positive integer, received -3.]`,
    ));
});
