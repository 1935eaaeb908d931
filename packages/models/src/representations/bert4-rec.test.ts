import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { type Bert4RecOptions, bert4Rec } from './bert4-rec.js';

const small = { dim: 6, history: 3, dropout: 0 };
describeRepresentation('bert4Rec', bert4Rec({ ...small, blocks: 1 }));
describeRepresentation(
  'bert4Rec with heads, dropout and other vectors that score',
  bert4Rec({ ...small, blocks: 1, heads: 3, dropout: 0.1, activation: 'swiglu', tied: false, biases: false }),
);

const build = (options: Partial<Bert4RecOptions> = {}) =>
  bert4Rec({ ...small, ...options }).build({ userCount: 1, itemCount: 5 }, createRng(1));

const encode = (network: ReturnType<typeof build>, items: readonly number[], hidden?: readonly number[]) =>
  tf.tidy(() => {
    const shape: [number, number] = [1, items.length];
    const { vectors } = network.encode({
      users: tf.tensor1d([0], 'int32'),
      history: tf.tensor2d([...items], shape, 'int32'),
      mask: tf.ones(shape),
      ...(hidden && { hiddenSteps: tf.tensor2d([...hidden], shape) }),
    });
    return [...vectors.dataSync()];
  });

describe('bert4Rec', () => {
  it('has the parameters of its parts', () => {
    const paths = [...collectParameters(build({ blocks: 1 }).parameters).keys()];
    expect(paths.filter((path) => !path.includes('block0'))).toMatchInlineSnapshot(`
      [
        "item/weight",
        "itemBias/weight",
        "reader/hiddenItem",
        "reader/position/weight",
        "reader/normalization/weight",
        "reader/normalization/bias",
        "reader/transform/weight",
        "reader/transform/bias",
        "reader/transformNormalization/weight",
        "reader/transformNormalization/bias",
      ]
    `);
  });

  it('answers a history like a window whose last item is hidden', () => {
    const network = build();
    const answer = encode(network, [4, 0, 1]);
    const window = encode(network, [4, 0, 1, 2], [0, 0, 0, 1]).slice(-6);
    answer.forEach((value, at) => void expect(value).toBeCloseTo(window[at]!, 5));
  });

  it('restores a hidden item from the items on both sides', () => {
    const network = build();
    const first = (items: number[]) => encode(network, items, [1, 0, 0]).slice(0, 6);
    expect(first([0, 1, 2])).not.toEqual(first([0, 1, 3]));
  });

  it('tells the order of the items', () => {
    const network = build();
    const [one, other] = [encode(network, [0, 1, 2]), encode(network, [1, 0, 2])];
    expect(Math.max(...one.map((value, at) => Math.abs(value - other[at]!)))).toBeGreaterThan(1e-4);
  });

  it('refuses invalid options', () => {
    expect(() => bert4Rec({ ...small, heads: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bert4Rec(heads): expected a divisor of dim=6, received 4.]`,
    );
    expect(() => bert4Rec({ ...small, hiddenShare: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bert4Rec(hiddenShare): expected a number in (0, 1], received 0.]`,
    );
    expect(() => bert4Rec({ ...small, lastOnlyShare: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bert4Rec(lastOnlyShare): expected a number in [0, 1], received 1.5.]`,
    );
    expect(() => encode(build(), [0, 1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: learnedPositions(input): expected at most count=4 steps, received 5. Cut off the oldest steps.]`,
    );
  });
});
