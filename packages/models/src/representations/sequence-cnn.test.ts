import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { sequenceCnn } from './sequence-cnn.js';

describeRepresentation('sequenceCnn', sequenceCnn({ dim: 5, history: 3 }));
describeRepresentation(
  'sequenceCnn of two layers',
  sequenceCnn({ dim: 5, history: 3, width: 2, dilations: [1, 2], activation: 'relu', residual: false }),
);

describe('sequenceCnn', () => {
  const encodeHistory = (residual: boolean, mask = [1, 1, 1]) => {
    const network = sequenceCnn({ dim: 1, history: 3, width: 2, dilations: [1, 1], residual }).build(
      { userCount: 1, itemCount: 3 },
      createRng(1),
    );
    const parameters = collectParameters(network.parameters);
    parameters.get('item/weight')!.assign(tf.tensor2d([[1], [2], [4]]));
    for (const layer of ['layer0', 'layer1']) {
      // the previous step, this step
      parameters.get(`reader/${layer}/weight`)!.assign(tf.tensor3d([[[0.25]], [[0.5]]]));
      parameters.get(`reader/${layer}/bias`)!.assign(tf.tensor1d([0.125]));
    }
    return tf.tidy(() => [
      ...network
        .encode({
          users: tf.tensor1d([0], 'int32'),
          history: tf.tensor2d([[0, 1, 2]], [1, 3], 'int32'),
          mask: tf.tensor2d([mask]),
        })
        .vectors.dataSync(),
    ]);
  };
  const f = (before: number, now: number) => Math.tanh(0.25 * before + 0.5 * now + 0.125);
  const close = (actual: number[], expected: number[]) =>
    expected.forEach((value, at) => void expect(actual[at]).toBeCloseTo(value, 5));

  it('covers a step and the previous step, layer by layer', () => {
    const below = [f(0, 1), f(1, 2), f(2, 4)];
    close(encodeHistory(false), [f(0, below[0]!), f(below[0]!, below[1]!), f(below[1]!, below[2]!)]);
  });

  it('adds the input of a layer', () => {
    const below = [f(0, 1) + 1, f(1, 2) + 2, f(2, 4) + 4];
    close(encodeHistory(true), [
      f(0, below[0]!) + below[0]!,
      f(below[0]!, below[1]!) + below[1]!,
      f(below[1]!, below[2]!) + below[2]!,
    ]);
  });

  it('treats padding as zeros in every layer', () => {
    const below = [f(0, 2), f(2, 4)];
    close(encodeHistory(false, [0, 1, 1]).slice(1), [f(0, below[0]!), f(below[0]!, below[1]!)]);
  });

  it('refuses invalid layers', () => {
    expect(() => sequenceCnn({ dim: 5, history: 3, dilations: [] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sequenceCnn(dilations): expected at least one number, received none. Give one per layer.]`,
    );
    expect(() => sequenceCnn({ dim: 5, history: 3, dilations: [0] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sequenceCnn(dilations): expected a positive integer, received 0.]`,
    );
    expect(() => sequenceCnn({ dim: 5, history: 3, width: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sequenceCnn(width): expected a positive integer, received 0.]`,
    );
  });
});
