import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { pretrainedEmbedding, pretrainedEmbeddings } from './pretrained-embedding.js';
import { describeLayer } from './testing/describe-layer.js';

// Three ids; the squared lengths 9 + 16, 0 and 25 + 25 have the mean 25: s = 5.
const sizes = { count: 3, dim: 2, denseFeatures: { dim: 2, values: Float32Array.of(3, 4, 0, 0, 5, -5) } };

const input = () => tf.tensor1d([2, 0, 1], 'int32');
describeLayer('pretrainedEmbedding', { create: (rng) => pretrainedEmbedding({ ...sizes, rng }), input });

describe('pretrainedEmbedding', () => {
  const start = (seed: number) => [
    ...pretrainedEmbedding({ ...sizes, deviation: 0.1, rng: createRng(seed) }).table.dataSync(),
  ];

  it('starts from the given vectors at the size of the deviation', () => {
    const factor = 0.1 * Math.SQRT2;
    const [a, b, , , c, d] = start(1);
    [0.6, 0.8, 1, -1].forEach((value, at) => void expect([a, b, c, d][at]).toBeCloseTo(value * factor, 6));
  });

  it('draws what is missing', () => {
    const missing = (seed: number) => start(seed).slice(2, 4);
    expect(missing(1)).toEqual(missing(1));
    expect(missing(1)).not.toEqual(missing(2));
    for (const value of missing(1)) expect(Math.abs(value)).toBeLessThan(0.5);
  });

  it('refuses vectors of another length, and data without vectors', () => {
    const create = (options: object) => () =>
      pretrainedEmbeddings().create({ ...sizes, rng: createRng(1), ...options });
    expect(create({ dim: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: pretrainedEmbedding(denseFeatures): expected vectors of length dim=3, received vectors of length 2. Choose dim 2, or projectedEmbeddings(), which takes vectors of any length.]`,
    );
    expect(create({ denseFeatures: undefined })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: pretrainedEmbedding(denseFeatures): expected vectors of the ids, received none. Choose a dataset with itemVectors().]`,
    );
    expect(create({ denseFeatures: { dim: 2, values: Float32Array.of(1, 2) } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: pretrainedEmbedding(denseFeatures): expected 3 vectors of 2 numbers, received 2 numbers.]`,
    );
  });
});
