import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { bloomEmbeddings, collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { sequencePooling } from './sequence-pooling.js';

describeRepresentation('sequencePooling', sequencePooling({ dim: 5, history: 3 }));
describeRepresentation(
  'sequencePooling of sums, two embeddings',
  sequencePooling({ dim: 5, history: 3, averaged: false, tied: false, biases: false }),
);
describeRepresentation(
  'sequencePooling of bloom embeddings',
  sequencePooling({ dim: 11, history: 3, itemEmbedding: bloomEmbeddings({ ratio: 0.9 }) }),
);

describe('sequencePooling', () => {
  const encodeHistory = (averaged: boolean) => {
    const network = sequencePooling({ dim: 2, history: 3, averaged }).build(
      { userCount: 1, itemCount: 3 },
      createRng(1),
    );
    collectParameters(network.parameters)
      .get('item/weight')!
      .assign(
        tf.tensor2d([
          [1, 2],
          [10, 20],
          [100, 200],
        ]),
      );
    return tf.tidy(() => [
      ...network
        .encode({
          users: tf.tensor1d([0], 'int32'),
          history: tf.tensor2d([[2, 0, 1]], [1, 3], 'int32'),
          mask: tf.tensor2d([[0, 1, 1]]), // item 2 is padding
        })
        .vectors.dataSync(),
    ]);
  };

  it('divides the sum of the items by their number plus one', () => {
    // (1, 2) / 2; (11, 22) / 3
    expect(encodeHistory(true).map((x) => Math.round(x * 1e5) / 1e5)).toEqual([0, 0, 0.5, 1, 3.66667, 7.33333]);
  });

  it('only sums the items with averaged: false', () => {
    expect(encodeHistory(false)).toEqual([0, 0, 1, 2, 11, 22]);
  });

  it('refuses sizes that are not positive integers', () => {
    expect(() => sequencePooling({ dim: 0, history: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sequencePooling(dim): expected a positive integer, received 0.]`,
    );
    expect(() => sequencePooling({ dim: 5, history: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sequencePooling(history): expected a positive integer, received 1.5.]`,
    );
  });
});
