import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { collectParameters } from './parameters.js';
import { projectedEmbedding, projectedEmbeddings } from './projected-embedding.js';
import { scaledEmbeddings } from './scaled-embedding.js';
import { describeLayer } from './testing/describe-layer.js';

// Three ids with two features each; the squared lengths 9 + 16, 0 and 25 + 25 have the mean 25: s = 5.
const denseFeatures = { dim: 2, values: Float32Array.of(3, 4, 0, 0, 5, -5) };
const sizes = { count: 3, dim: 2, denseFeatures };

const input = () =>
  tf.tensor2d(
    [
      [2, 0],
      [0, 1],
    ],
    [2, 2],
    'int32',
  );
describeLayer('projectedEmbedding', {
  create: (rng) => projectedEmbedding({ ...sizes, dim: 5, rng, vectors: scaledEmbeddings() }),
  input,
});
describeLayer('projectedEmbedding without vectors of the ids', {
  create: (rng) => projectedEmbedding({ ...sizes, dim: 5, rng, identity: false }),
  input,
});

describe('projectedEmbedding', () => {
  it('adds the projection of the scaled features to the vector of the id', () => {
    const embedding = projectedEmbedding({ ...sizes, rng: createRng(1) });
    const parameters = collectParameters(embedding.parameters);
    embedding.parameters.projection.assign(
      tf.tensor2d([
        [10, 20],
        [100, 200],
      ]),
    );
    parameters.get('own/weight')!.assign(
      tf.tensor2d([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    // (0.6, 0.8) W = (86, 172); (0, 0); (1, −1) W = (−90, −180)
    const expected = [
      [87, 174],
      [3, 4],
      [-85, -174],
    ];
    expect((embedding.all().arraySync() as number[][]).map((row) => row.map(Math.round))).toEqual(expected);
    const chosen = embedding.apply(tf.tensor1d([2, 0], 'int32')).arraySync() as number[][];
    expect(chosen.map((row) => row.map(Math.round))).toEqual([expected[2], expected[0]]);
  });

  it('represents an id by its features alone at the start', () => {
    const embedding = projectedEmbedding({ ...sizes, rng: createRng(1) });
    expect((embedding.all().arraySync() as number[][])[1]).toEqual([0, 0]);
  });

  it('does not depend on the unit of the features', () => {
    const create = (factor: number) =>
      projectedEmbedding({
        ...sizes,
        denseFeatures: { dim: 2, values: denseFeatures.values.map((value) => factor * value) },
        rng: createRng(1),
      });
    expect([...create(1024).all().dataSync()]).toEqual([...create(1).all().dataSync()]);
  });

  it('is created by projectedEmbeddings, which describes its options', () => {
    expect(projectedEmbeddings({ identity: false })).toMatchObject({
      name: 'projected(zero, no identity)',
      protocol: { name: 'projected', identity: false },
    });
  });

  it('refuses missing features, other numbers of rows, numbers that are not finite, and unknown ids', () => {
    const { denseFeatures: _, ...without } = sizes;
    const create = (values: number[]) => () =>
      projectedEmbedding({ ...sizes, rng: createRng(1), denseFeatures: { dim: 2, values: Float32Array.from(values) } });
    expect(() => projectedEmbedding({ ...without, rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: projectedEmbedding(denseFeatures): expected vectors of the ids, received none. Choose a dataset with itemVectors().]`,
    );
    expect(create([1, 2, 3])).toThrow('expected 3 vectors of 2 numbers, received 3 numbers.');
    expect(create([1, 2, 3, Number.NaN, 5, 6])).toThrow('expected finite numbers, received NaN for id 1.');
    expect(() => create([1, 2, 3, 4, 5, 6])().apply(tf.tensor1d([3], 'int32'))).toThrow('expected ids from 0 to 2');
  });
});
