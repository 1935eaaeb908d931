import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { lstmRating } from './lstm-rating.js';

describeRepresentation('lstmRating', lstmRating({ dim: 5, hidden: 11, history: 3 }));

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe('lstmRating', () => {
  const network = () => {
    const built = lstmRating({ dim: 1, hidden: 1, history: 2 }).build({ userCount: 1, itemCount: 3 }, createRng(1));
    for (const variable of collectParameters(built.parameters).values()) variable.assign(tf.fill(variable.shape, 0.5));
    collectParameters(built.parameters)
      .get('item/weight')!
      .assign(tf.tensor2d([[1], [-2], [3]]));
    return built;
  };

  /** The LSTM cell by hand: all weights and both biases are 0.5. */
  const step = ([h, c]: readonly [number, number], x: number): readonly [number, number] => {
    const z = 0.5 * x + 0.5 * h + 1;
    const next = sigmoid(z) * c + sigmoid(z) * Math.tanh(z);
    return [sigmoid(z) * Math.tanh(next), next];
  };

  it('rates an item at the step that reads it, after the earlier items', () => {
    const built = network();
    const { vectors } = built.encode({
      users: tf.tensor1d([0], 'int32'),
      history: tf.tensor2d([[2, 0]], [1, 2], 'int32'),
      mask: tf.tensor2d([[0, 1]]), // item 2 is padding
    });
    const after = step([0, 0], 1);
    const expected = [1, -2, 3].map((x) => 0.5 * step(after, x)[0] + 0.5);
    const state = tf.reshape(tf.slice(vectors, [0, 1, 0], [1, 1, 2]), [1, 2]) as tf.Tensor2D;
    const close = (scores: tf.Tensor2D, wanted: number[]) =>
      scores.dataSync().forEach((score, at) => void expect(score).toBeCloseTo(wanted[at]!, 5));
    close(built.score(state), expected);
    close(built.score(state, tf.tensor2d([[2, 0]], [1, 2], 'int32')), [expected[2]!, expected[0]!]);
  });

  it('rates a first item without history', () => {
    const built = network();
    const nothing = built.encode({
      users: tf.tensor1d([0], 'int32'),
      history: tf.tensor2d([[0, 0]], [1, 2], 'int32'),
      mask: tf.zeros([1, 2]),
    });
    const state = tf.reshape(tf.slice(nothing.vectors, [0, 0, 0], [1, 1, 2]), [1, 2]) as tf.Tensor2D;
    expect(built.score(state).dataSync()[0]!).toBeCloseTo(0.5 * step([0, 0], 1)[0] + 0.5, 5);
  });

  it('has as many parameters as the post', () => {
    const { parameters } = lstmRating({ dim: 64, hidden: 128, history: 9 }).build(
      { userCount: 943, itemCount: 1683 },
      createRng(1),
    );
    // 1683 · 64 + 4 · 128 · (64 + 128 + 2) + 128 + 1
    expect([...collectParameters(parameters).values()].reduce((sum, variable) => sum + variable.size, 0)).toBe(
      107_712 + 99_328 + 129,
    );
  });

  it('refuses sizes that are not positive integers', () =>
    expect(() => lstmRating({ dim: 1, hidden: 0, history: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmRating(hidden): expected a positive integer, received 0.]`,
    ));
});
