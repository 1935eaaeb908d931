import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { type Gru4RecOptions, gru4Rec } from './gru4-rec.js';

describeRepresentation('gru4Rec', gru4Rec({ dim: 5, history: 3, layers: 2, hidden: 7 }));

const build = (options: Partial<Gru4RecOptions> = {}) =>
  gru4Rec({ dim: 5, history: 3, ...options }).build({ userCount: 1, itemCount: 7 }, createRng(1));

const encode = (network: ReturnType<typeof build>, seed?: number) =>
  tf.tidy(() => {
    const { vectors } = network.encode(
      {
        users: tf.tensor1d([0], 'int32'),
        history: tf.tensor2d([[4, 0, 1]], [1, 3], 'int32'),
        mask: tf.ones([1, 3]),
      },
      seed === undefined ? undefined : { rng: createRng(seed) },
    );
    return [...vectors.dataSync()];
  });

describe('gru4Rec', () => {
  it('projects states of another length only', () => {
    const hasProjection = (options: Partial<Gru4RecOptions>) =>
      [...collectParameters(build(options).parameters).keys()].some((path) => path.includes('projection'));
    expect([hasProjection({}), hasProjection({ hidden: 5 }), hasProjection({ hidden: 7 })]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it.each(['embeddingDropout', 'hiddenDropout'])('drops at random in training only: %s', (name) => {
    const network = build({ [name]: 0.5 });
    expect(encode(network, 1)).toEqual(encode(network, 1));
    expect(encode(network, 1)).not.toEqual(encode(network, 2));
    expect(encode(network)).toEqual(encode(network));
    expect(encode(build(), 1)).toEqual(encode(build()));
  });

  it('refuses invalid options', () => {
    expect(() => gru4Rec({ dim: 5, history: 3, layers: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gru4Rec(layers): expected a positive integer, received 0.]`,
    );
    expect(() => gru4Rec({ dim: 5, history: 3, hiddenDropout: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gru4Rec(hiddenDropout): expected a number in [0, 1), received 1.]`,
    );
  });
});
