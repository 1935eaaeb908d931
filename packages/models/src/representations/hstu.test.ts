import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters, projectedEmbeddings } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { type HstuOptions, hstu } from './hstu.js';

const small = { dim: 6, history: 3, dropout: 0, embeddingDropout: 0 };
const itemVectors = { dim: 3, values: Float32Array.from({ length: 21 }, (_, at) => ((at * 5) % 11) - 5) };
describeRepresentation('hstu', hstu({ ...small, heads: 2 }));
describeRepresentation(
  'hstu by cosine of projected vectors, with lengths that do not divide the dimensions, without positions',
  hstu({
    ...{ ...small, blocks: 1, heads: 4, queryDim: 3, valueDim: 5, positions: 'none', similarity: 'cosine' },
    ...{ dropout: 0.1, itemEmbedding: projectedEmbeddings() },
  }),
  { userCount: 5, itemCount: 7, itemVectors },
);

const build = (options: Partial<HstuOptions> = {}) =>
  hstu({ ...small, ...options }).build({ userCount: 1, itemCount: 5 }, createRng(1));

const encodeItems = (network: ReturnType<typeof build>, items: readonly number[], training?: { seed: number }) =>
  tf.tidy(() => [
    ...network
      .encode(
        {
          users: tf.tensor1d([0], 'int32'),
          history: tf.tensor2d([...items], [1, items.length], 'int32'),
          mask: tf.ones([1, items.length]),
        },
        training && { rng: createRng(training.seed) },
      )
      .vectors.dataSync(),
  ]);

describe('hstu', () => {
  it('has the parameters of its parts', () => {
    const parameters = collectParameters(build({ blocks: 1, heads: 2, queryDim: 4, valueDim: 5 }).parameters);
    expect([...parameters].map(([path, { shape }]) => `${path} [${shape.join(', ')}]`)).toMatchInlineSnapshot(`
      [
        "item/weight [5, 6]",
        "itemBias/weight [5, 1]",
        "reader/position/weight [3, 6]",
        "reader/block0/normalization/weight [6]",
        "reader/block0/normalization/bias [6]",
        "reader/block0/projection/weight [6, 36]",
        "reader/block0/position/weight [3, 1]",
        "reader/block0/attentionNormalization/weight [10]",
        "reader/block0/attentionNormalization/bias [10]",
        "reader/block0/output/weight [10, 6]",
        "reader/block0/output/bias [6]",
      ]
    `);
  });

  it('knows the order of the items by distances alone', () => {
    const last = (items: number[]) => encodeItems(build({ blocks: 1, positions: 'none' }), items).slice(-6);
    const [one, other] = [last([0, 1, 2]), last([1, 0, 2])];
    expect(Math.max(...one.map((value, at) => Math.abs(value - other[at]!)))).toBeGreaterThan(1e-6);
  });

  it('scores by cosines, which lie within ±1', () => {
    const network = build({ similarity: 'cosine', biases: false });
    const [table] = collectParameters(network.parameters).values();
    const scores = tf.tidy(() => {
      table!.assign(tf.mul(table!, 1000));
      const vectors = tf.tensor2d(encodeItems(network, [0, 1, 2]).slice(-6), [1, 6]);
      return [...network.score(vectors).dataSync()];
    });
    expect(Math.max(...scores.map(Math.abs))).toBeLessThanOrEqual(1 + 1e-6);
    expect(Math.max(...scores.map(Math.abs))).toBeGreaterThan(0.01);
  });

  it('drops at random in training only', () => {
    const network = build({ dropout: 0.5, embeddingDropout: 0.5 });
    expect(encodeItems(network, [0, 1, 2], { seed: 1 })).toEqual(encodeItems(network, [0, 1, 2], { seed: 1 }));
    expect(encodeItems(network, [0, 1, 2], { seed: 1 })).not.toEqual(encodeItems(network, [0, 1, 2], { seed: 2 }));
    expect(encodeItems(network, [0, 1, 2])).toEqual(encodeItems(network, [0, 1, 2]));
  });

  it('refuses invalid options, and histories that are too long', () => {
    expect(() => hstu({ ...small, heads: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: hstu(heads): expected a divisor of dim=6, received 4. Or give queryDim and valueDim.]`,
    );
    expect(() => hstu({ ...small, similarity: 'cosine', scorer: { hidden: [5] } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: hstu(scorer): expected none with similarity 'cosine', received one. Leave out one of them.]`,
    );
    expect(() => hstu({ ...small, similarity: 'euclid' as 'dot' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: hstu(similarity): expected 'dot' or 'cosine', received the text 'euclid'.]`,
    );
    expect(() => hstu({ ...small, positions: 'rotary' as 'none' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: hstu(positions): expected 'learned' or 'none', received the text 'rotary'.]`,
    );
    expect(() => encodeItems(build({ positions: 'none' }), [0, 1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: relativePositions(time): expected at most count=3 steps, received 4. Cut off the oldest steps.]`,
    );
  });
});
