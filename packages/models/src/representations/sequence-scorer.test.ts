import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { bloomEmbeddings, collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { sequenceGru } from './sequence-gru.js';
import { sequenceLstm } from './sequence-lstm.js';
import { sequencePooling } from './sequence-pooling.js';

describeRepresentation('sequenceLstm with a scorer', sequenceLstm({ dim: 5, history: 3, scorer: { hidden: [11] } }));
describeRepresentation(
  'sequencePooling with a scorer of two layers, two embeddings and no biases',
  sequencePooling({ dim: 5, history: 3, scorer: { hidden: [13, 7] }, tied: false, biases: false }),
);
describeRepresentation(
  'sequenceGru with a scorer with dropout and bloom embeddings',
  sequenceGru({
    dim: 11,
    history: 3,
    scorer: { hidden: [13], dropout: 0.1 },
    itemEmbedding: bloomEmbeddings({ ratio: 0.9 }),
  }),
);

describe('the scorer of a sequence model', () => {
  const model = sequencePooling({ dim: 2, history: 3, averaged: false, scorer: { hidden: [2] } });

  it('scores by a perceptron over the state and the vector of the item, plus the bias', () => {
    const network = model.build({ userCount: 1, itemCount: 3 }, createRng(1));
    const parameters = collectParameters(network.parameters);
    parameters.get('item/weight')!.assign(tf.tensor2d([1, 0, 0, 1, 2, 3], [3, 2]));
    parameters.get('itemBias/weight')!.assign(tf.tensor2d([0.5, 0.25, 0.125], [3, 1]));
    // hidden units: max(0, u₁ + q₁), max(0, u₂ − q₂ + 1); score: 2 · first − second + 4
    parameters.get('scorer/dense0/weight')!.assign(tf.tensor2d([1, 0, 0, 1, 1, 0, 0, -1], [4, 2]));
    parameters.get('scorer/dense0/bias')!.assign(tf.tensor1d([0, 1]));
    parameters.get('scorer/dense1/weight')!.assign(tf.tensor2d([2, -1], [2, 1]));
    parameters.get('scorer/dense1/bias')!.assign(tf.tensor1d([4]));
    const { vectors } = network.encode({
      users: tf.tensor1d([0], 'int32'),
      history: tf.tensor2d([0, 0, 1], [1, 3], 'int32'),
      mask: tf.tensor2d([0, 1, 1], [1, 3]),
    });
    const state = tf.reshape(tf.slice(vectors, [0, 2, 0], [1, 1, 2]), [1, 2]) as tf.Tensor2D; // (1, 1)
    expect([...state.dataSync()]).toEqual([1, 1]);
    // item 0: (2, 2) → 6 + 0.5; item 1: (1, 1) → 5 + 0.25; item 2: (3, max(0, −1)) → 10 + 0.125
    expect([...network.score(state).dataSync()]).toEqual([6.5, 5.25, 10.125]);
    const some = tf.tensor2d([2, 0], [1, 2], 'int32');
    expect([...network.score(state, some).dataSync()]).toEqual([10.125, 6.5]);
    expect(network.catalogue).toBeUndefined();
  });

  it('is part of the name and the protocol; models without one keep theirs', () => {
    expect(model.name).toBe('sequence-pooling(2, scorer 2)');
    expect(model.protocol).toMatchObject({ scorer: { hidden: [2], dropout: 0, output: 'linear' } });
    expect(sequencePooling({ dim: 2, history: 3 }).protocol).not.toHaveProperty('scorer');
    const { scorer } = model.protocol as { scorer: { hidden: number[]; dropout: number; output: 'linear' } };
    expect(sequencePooling({ dim: 2, history: 3, averaged: false, scorer }).protocol).toEqual(model.protocol);
  });

  it('drops out pairs while training only', () => {
    const dropping = sequencePooling({ dim: 5, history: 3, scorer: { hidden: [17], dropout: 0.5 } });
    const network = dropping.build({ userCount: 1, itemCount: 3 }, createRng(1));
    const state = tf.ones([1, 5]) as tf.Tensor2D;
    const candidates = tf.tensor2d([0, 1, 2], [1, 3], 'int32');
    const score = (training?: { rng: ReturnType<typeof createRng> }) => [
      ...network.score(state, candidates, training).dataSync(),
    ];
    expect(score({ rng: createRng(2) })).not.toEqual(score());
    expect(score()).toEqual(score());
  });

  it('refuses a scorer without layers or with sizes that are no positive integers', () => {
    expect(() => sequencePooling({ dim: 2, history: 3, scorer: { hidden: [] } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sequencePooling(scorer)(hidden): expected at least one layer, received none. Without scorer, items are scored by the dot product.]`,
    );
    expect(() => sequencePooling({ dim: 2, history: 3, scorer: { hidden: [0] } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sequencePooling(scorer)(hidden): expected a positive integer, received 0.]`,
    );
    expect(() =>
      sequencePooling({ dim: 2, history: 3, scorer: { hidden: [3], dropout: 1 } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sequencePooling(scorer)(dropout): expected a number in [0, 1), received 1.]`,
    );
  });
});
