import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { type SasRecOptions, sasRec } from './sas-rec.js';

const small = { dim: 6, history: 3, dropout: 0 };
describeRepresentation('sasRec', sasRec(small));
describeRepresentation(
  'sasRec with rotary positions, gates and dropout',
  sasRec({ ...small, blocks: 1, heads: 3, positions: 'rotary', activation: 'swiglu', gates: true, dropout: 0.1 }),
);
describeRepresentation(
  'sasRec with relative positions, by cosine',
  sasRec({ ...small, blocks: 1, heads: 2, positions: 'relative', similarity: 'cosine' }),
);
describeRepresentation(
  'sasRec normalized after, without positions',
  sasRec({ ...small, positions: 'none', normalization: 'after', activation: 'gelu', tied: false, biases: false }),
);

const build = (options: Partial<SasRecOptions> = {}) =>
  sasRec({ ...small, ...options }).build({ userCount: 1, itemCount: 5 }, createRng(1));

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

describe('sasRec', () => {
  it('has the parameters of its parts', () => {
    const paths = [...collectParameters(build({ blocks: 1 }).parameters).keys()];
    expect(paths).toMatchInlineSnapshot(`
      [
        "item/weight",
        "itemBias/weight",
        "reader/position/weight",
        "reader/block0/attention/query/weight",
        "reader/block0/attention/query/bias",
        "reader/block0/attention/key/weight",
        "reader/block0/attention/key/bias",
        "reader/block0/attention/value/weight",
        "reader/block0/attention/value/bias",
        "reader/block0/attention/output/weight",
        "reader/block0/attention/output/bias",
        "reader/block0/feedForward/first/weight",
        "reader/block0/feedForward/first/bias",
        "reader/block0/feedForward/second/weight",
        "reader/block0/feedForward/second/bias",
        "reader/block0/attentionNormalization/weight",
        "reader/block0/attentionNormalization/bias",
        "reader/block0/feedForwardNormalization/weight",
        "reader/block0/feedForwardNormalization/bias",
        "reader/normalization/weight",
        "reader/normalization/bias",
      ]
    `);
  });

  it('knows the order of the items by positions only', () => {
    const last = (options: Partial<SasRecOptions>, items: number[]) => encodeItems(build(options), items).slice(-6);
    const distance = (options: Partial<SasRecOptions>) => {
      const [one, other] = [last(options, [0, 1, 2]), last(options, [1, 0, 2])];
      return Math.max(...one.map((value, at) => Math.abs(value - other[at]!)));
    };
    expect(distance({ blocks: 1, positions: 'none' })).toBeLessThan(1e-6);
    expect(distance({ blocks: 1, positions: 'rotary', heads: 3 })).toBeGreaterThan(1e-4);
    expect(distance({ blocks: 1, positions: 'relative', heads: 3 })).toBeGreaterThan(1e-6);
    expect(distance({ blocks: 1 })).toBeGreaterThan(1e-4);
  });

  it('gives a short history the positions of the end', () => {
    // Padding on the left and no padding at all are the same history.
    const network = build();
    const padded = tf.tidy(() => [
      ...network
        .encode({
          users: tf.tensor1d([0], 'int32'),
          history: tf.tensor2d([[4, 0, 1]], [1, 3], 'int32'),
          mask: tf.tensor2d([[0, 1, 1]]),
        })
        .vectors.dataSync(),
    ]);
    encodeItems(network, [0, 1]).forEach((value, at) => void expect(padded[6 + at]).toBeCloseTo(value, 5));
  });

  it('drops at random in training only', () => {
    const network = build({ dropout: 0.5 });
    expect(encodeItems(network, [0, 1, 2], { seed: 1 })).toEqual(encodeItems(network, [0, 1, 2], { seed: 1 }));
    expect(encodeItems(network, [0, 1, 2], { seed: 1 })).not.toEqual(encodeItems(network, [0, 1, 2], { seed: 2 }));
    expect(encodeItems(network, [0, 1, 2])).toEqual(encodeItems(network, [0, 1, 2]));
  });

  it('refuses invalid options', () => {
    expect(() => sasRec({ ...small, heads: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sasRec(heads): expected a divisor of dim=6, received 4.]`,
    );
    expect(() => sasRec({ ...small, heads: 2, positions: 'rotary' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sasRec(positions): expected an even dim / heads for 'rotary', received 3.]`,
    );
    expect(() => sasRec({ ...small, blocks: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sasRec(blocks): expected a positive integer, received 0.]`,
    );
    expect(() => sasRec({ ...small, dropout: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sasRec(dropout): expected a number in [0, 1), received 1.]`,
    );
    expect(() => sasRec({ ...small, normalization: 'none' as 'after' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sasRec(normalization): expected 'before' or 'after', received the text 'none'.]`,
    );
    expect(() => encodeItems(build(), [0, 1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: learnedPositions(input): expected at most count=3 steps, received 4. Cut off the oldest steps.]`,
    );
  });
});
