import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeLayer } from './testing/describe-layer.js';
import { uniformEmbedding, uniformEmbeddings } from './uniform-embedding.js';

describeLayer('uniformEmbedding', {
  create: (rng) => uniformEmbedding({ count: 7, dim: 5, rng }),
  input: () => tf.tensor1d([6, 0, 3], 'int32'),
});

describe('uniformEmbedding', () => {
  it('starts with a uniform distribution within the range', () => {
    const values = [...uniformEmbedding({ count: 997, dim: 17, rng: createRng(1), range: 0.2 }).table.dataSync()];
    expect(Math.max(...values.map(Math.abs))).toBeLessThan(0.2);
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    expect(deviation / 0.2).toBeCloseTo(1 / Math.sqrt(3), 2); // of a uniform distribution
  });

  it('is created by uniformEmbeddings, which describes its options', () => {
    expect([uniformEmbeddings().name, uniformEmbeddings().protocol]).toEqual([
      'uniform(0.05)',
      { name: 'uniform', range: 0.05 },
    ]);
    const made = uniformEmbeddings({ range: 0.1 }).create({ count: 3, dim: 2, rng: createRng(1) });
    expect(made.all().arraySync()).toEqual(
      uniformEmbedding({ count: 3, dim: 2, rng: createRng(1), range: 0.1 })
        .all()
        .arraySync(),
    );
  });

  it('rejects a range that is not positive', () =>
    expect(() => uniformEmbeddings({ range: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: uniformEmbedding(range): expected a positive number, received 0.]`,
    ));
});
