import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { scaledEmbedding, scaledEmbeddings } from './scaled-embedding.js';
import { describeLayer } from './testing/describe-layer.js';

describeLayer('scaledEmbedding', {
  create: (rng) => scaledEmbedding({ count: 7, dim: 5, rng }),
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

describe('scaledEmbedding', () => {
  it('returns the rows of the ids', () => {
    const embedding = scaledEmbedding({ count: 7, dim: 5, rng: createRng(1) });
    const table = embedding.table.arraySync();
    expect(
      embedding
        .apply(
          tf.tensor2d(
            [
              [6, 0, 3],
              [3, 3, 1],
            ],
            [2, 3],
            'int32',
          ),
        )
        .arraySync(),
    ).toEqual([
      [table[6], table[0], table[3]],
      [table[3], table[3], table[1]],
    ]);
    expect(embedding.all().arraySync()).toEqual(table);
  });

  it('starts with a standard deviation (not a variance) of 1 / dim', () => {
    const values = [...scaledEmbedding({ count: 997, dim: 17, rng: createRng(1) }).table.dataSync()];
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    expect(deviation * 17).toBeCloseTo(1, 1); // within 4 / √(2 · 16949) ≈ 0.02
  });

  it('starts with the given deviation', () => {
    expect([...scaledEmbedding({ count: 2, dim: 2, rng: createRng(1), deviation: 0 }).table.dataSync()]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it('is created by scaledEmbeddings, which describes its options', () => {
    expect([scaledEmbeddings().name, scaledEmbeddings().protocol]).toEqual([
      'scaled',
      { name: 'scaled', deviation: '1 / dim' },
    ]);
    expect([scaledEmbeddings({ deviation: 0.1 }).name, scaledEmbeddings({ deviation: 0.1 }).protocol]).toEqual([
      'scaled(0.1)',
      { name: 'scaled', deviation: 0.1 },
    ]);
    const [made, wanted] = [
      scaledEmbeddings({ deviation: 0.1 }).create({ count: 3, dim: 2, rng: createRng(1) }),
      scaledEmbedding({ count: 3, dim: 2, rng: createRng(1), deviation: 0.1 }),
    ];
    expect(made.all().arraySync()).toEqual(wanted.all().arraySync());
  });

  it('rejects a table without rows or columns and a negative deviation', () => {
    expect(() => scaledEmbedding({ count: 0, dim: 5, rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scaledEmbedding(count): expected a positive integer, received 0.]`,
    );
    expect(() => scaledEmbedding({ count: 7, dim: 2.5, rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scaledEmbedding(dim): expected a positive integer, received 2.5.]`,
    );
    expect(() =>
      scaledEmbedding({ count: 7, dim: 5, rng: createRng(1), deviation: -1 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scaledEmbedding(deviation): expected a finite number from 0, received -1.]`,
    );
  });
});
