import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import type { EntityFeatures } from './embedding.js';
import { featureEmbedding, featureEmbeddings } from './feature-embedding.js';
import { collectParameters } from './parameters.js';
import { describeLayer } from './testing/describe-layer.js';

// Three films: a comedy of 1995, a drama, and one without features.
const features: EntityFeatures = {
  names: ['genre=Comedy', 'genre=Drama', 'year=1995'],
  offsets: Int32Array.of(0, 2, 3, 3),
  ids: Int32Array.of(0, 2, 1),
};

describeLayer('featureEmbedding', {
  create: (rng) => featureEmbedding({ count: 3, dim: 5, rng, features }),
  input: () =>
    tf.tensor2d(
      [
        [2, 0],
        [0, 1],
      ],
      [2, 2],
      'int32',
    ),
});

/** An embedding with a fixed table. Its rows belong to the three ids, then to Comedy, Drama and 1995. */
function createKnown(identity = true) {
  const embedding = featureEmbedding({ count: 3, dim: 2, rng: createRng(1), features, identity });
  const rows = [
    [1, 0],
    [0, 1],
    [5, 7],
    [10, 20],
    [30, 40],
    [100, 200],
  ];
  collectParameters(embedding.parameters)
    .get('weight')!
    .assign(tf.tensor2d(identity ? rows : rows.slice(3)));
  return embedding;
}

describe('featureEmbedding', () => {
  it('sums the vectors of the id and of its features', () => {
    // [1, 0] + [10, 20] + [100, 200]; [0, 1] + [30, 40]; the last has its id alone
    expect(createKnown().all().arraySync()).toEqual([
      [111, 220],
      [30, 41],
      [5, 7],
    ]);
    expect(
      createKnown()
        .apply(tf.tensor1d([2, 0], 'int32'))
        .arraySync(),
    ).toEqual([
      [5, 7],
      [111, 220],
    ]);
  });

  it('returns zeros for an id without features if identity is false', () => {
    expect(createKnown(false).all().arraySync()).toEqual([
      [110, 220],
      [30, 40],
      [0, 0],
    ]);
  });

  it('sums the dot products of all pairs of features of an id', () => {
    // [1, 0]·[10, 20] + [1, 0]·[100, 200] + [10, 20]·[100, 200] = 10 + 100 + 5000; [0, 1]·[30, 40] = 40; no pair
    const { vectors, pairs } = createKnown().applyWithPairs(tf.range(0, 3, 1, 'int32'));
    expect(pairs.arraySync()).toEqual([[5110], [40], [0]]);
    expect(vectors.arraySync()).toEqual(createKnown().all().arraySync());
  });

  it('is created by featureEmbeddings, which describes its options', () => {
    expect(featureEmbeddings({ identity: false })).toMatchObject({
      name: 'featured(scaled, no identity)',
      protocol: { name: 'featured', identity: false, vectors: { name: 'scaled' } },
    });
    const made = featureEmbeddings().create({ count: 3, dim: 2, rng: createRng(1), features });
    expect(made.all().arraySync()).toEqual(
      featureEmbedding({ count: 3, dim: 2, rng: createRng(1), features })
        .all()
        .arraySync(),
    );
  });

  it('rejects missing features, features of other ids and unknown ids', () => {
    expect(() =>
      featureEmbeddings().create({ count: 3, dim: 2, rng: createRng(1) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: featureEmbedding(features): expected features of the ids, received none. Choose a dataset with features.]`,
    );
    expect(() =>
      featureEmbeddings().create({ count: 4, dim: 2, rng: createRng(1), features }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: featureEmbedding(features): expected features of 4 ids, received features of 3 ids.]`,
    );
    expect(() => createKnown().apply(tf.tensor1d([0, 3], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: featureEmbedding(ids): expected ids from 0 to 2, received 3 at position 1.]`,
    );
  });
});
