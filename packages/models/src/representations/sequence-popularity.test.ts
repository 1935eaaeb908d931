import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { sequencePopularity } from './sequence-popularity.js';

describe('sequencePopularity', () => {
  const network = () => sequencePopularity({ history: 3 }).build({ userCount: 1, itemCount: 5 }, createRng(1));
  const queries = (items: number[], mask: number[]) => ({
    users: tf.tensor1d([0], 'int32'),
    history: tf.tensor2d([items], [1, 3], 'int32'),
    mask: tf.tensor2d([mask]),
  });

  it('has one bias per item, 0 at first', () => {
    const { parameters } = network();
    expect([...collectParameters(parameters)].map(([path, { shape }]) => [path, shape])).toEqual([
      ['itemBias/weight', [5, 1]],
    ]);
    expect([...collectParameters(parameters).get('itemBias/weight')!.dataSync()]).toEqual([0, 0, 0, 0, 0]);
  });

  it('scores every step by the biases, for any history', () => {
    const built = network();
    collectParameters(built.parameters)
      .get('itemBias/weight')!
      .assign(tf.tensor2d([[1], [2], [3], [4], [5]]));
    for (const [items, mask] of [
      [
        [0, 1, 2],
        [1, 1, 1],
      ],
      [
        [4, 4, 4],
        [0, 0, 0],
      ],
    ] as const) {
      const { vectors } = built.encode(queries([...items], [...mask]));
      expect(vectors.shape).toEqual([1, 3, 1]);
      const flat = tf.reshape(vectors, [3, 1]) as tf.Tensor2D;
      expect([...built.score(flat).dataSync()]).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
      expect([
        ...built
          .score(
            flat,
            tf.tensor2d(
              [
                [4, 0],
                [0, 1],
                [2, 2],
              ],
              [3, 2],
              'int32',
            ),
          )
          .dataSync(),
      ]).toEqual([5, 1, 1, 2, 3, 3]);
    }
  });

  it('refuses a history below 1', () => {
    expect(() => sequencePopularity({ history: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sequencePopularity(history): expected a positive integer, received 0.]`,
    );
  });
});
