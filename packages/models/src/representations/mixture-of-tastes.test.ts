import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { mixtureOfTastes } from './mixture-of-tastes.js';

describeRepresentation('mixtureOfTastes', mixtureOfTastes({ dim: 5, history: 3, tastes: 2 }));

describe('mixtureOfTastes', () => {
  it('weights tastes by their attention to an item', () => {
    const network = mixtureOfTastes({ dim: 2, history: 2, tastes: 2 }).build(
      { userCount: 1, itemCount: 3 },
      createRng(1),
    );
    const parameters = collectParameters(network.parameters);
    parameters.get('item/weight')!.assign(
      tf.tensor2d([
        [1, 0],
        [0, 1],
        [1, 1],
      ]),
    );
    parameters.get('itemBias/weight')!.assign(tf.tensor2d([[0.1], [0.2], [0.3]]));
    // tastes (5, 0) and (0, 7); attentions (1, −1) and (−1, 1)
    const vectors = tf.tensor2d([[5, 0, 0, 7, 1, -1, -1, 1]]);
    const first = 1 / (1 + Math.exp(-2)); // softmax of (1, −1)
    const expected = [5 * first + 0.1, 7 * first + 0.2, 0.5 * 5 + 0.5 * 7 + 0.3];
    network
      .score(vectors)
      .dataSync()
      .forEach((score, at) => void expect(score).toBeCloseTo(expected[at]!, 5));
    const some = network.score(vectors, tf.tensor2d([[2, 0]], [1, 2], 'int32')).dataSync();
    [expected[2]!, expected[0]!].forEach((score, at) => void expect(some[at]).toBeCloseTo(score, 5));
  });

  it('refuses another scorer', () => {
    const options = { dim: 5, history: 3, scorer: { hidden: [3] } };
    expect(() => mixtureOfTastes(options)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: mixtureOfTastes(scorer): expected none, since attention over the tastes scores items, received one.]`,
    );
  });

  it('refuses a number of tastes below 1', () => {
    expect(() => mixtureOfTastes({ dim: 5, history: 3, tastes: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: mixtureOfTastes(tastes): expected a positive integer, received 0.]`,
    );
  });
});
