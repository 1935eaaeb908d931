import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { featureEmbeddings } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { factorization } from './representations/factorization.js';
import { sequenceLstm } from './representations/sequence-lstm.js';
import { ease } from './solvers/ease.js';
import { formatSummary, summarizeModel, summarizeParameters } from './summarize-model.js';

const sizes = { userCount: 3, itemCount: 7 };

describe('summarizeModel', () => {
  it('counts the values of all parameters', () => {
    // 3 × 5 + 7 × 5 + 3 + 7
    expect(summarizeModel(factorization({ dim: 5 }), sizes)).toEqual({
      name: 'factorization(5)',
      kind: 'representation',
      ...sizes,
      parameters: [
        { name: 'user/weight', shape: [3, 5], count: 15 },
        { name: 'item/weight', shape: [7, 5], count: 35 },
        { name: 'userBias/weight', shape: [3, 1], count: 3 },
        { name: 'itemBias/weight', shape: [7, 1], count: 7 },
      ],
      count: 60,
      bytes: 240,
    });
    // items and biases 7 × 5 + 7; the LSTM of PyTorch: 4 × 5 × (5 + 5) + 2 × 4 × 5
    expect(summarizeModel(sequenceLstm({ dim: 5, history: 3 }), sizes).count).toBe(42 + 240);
  });

  it('counts what a solver will hold, without solving it', () => {
    expect(summarizeModel(ease({ regularization: 10 }), sizes)).toMatchObject({ kind: 'solver', count: 7 * 7 });
  });

  it('leaves no tensors, and says what a model needs', () => {
    const before = tf.memory().numTensors;
    summarizeModel(factorization({ dim: 5 }), sizes);
    expect(tf.memory().numTensors).toBe(before);
    const model = factorization({ dim: 5, itemEmbedding: featureEmbeddings() });
    expect(() => summarizeModel(model, sizes)).toThrow('Choose a dataset with features.');
  });
});

describe('summarizeParameters', () => {
  it('lists the parameters of a network', () => {
    const model = factorization({ dim: 5, biases: false });
    const { parameters } = model.build(sizes, createRng(1));
    expect(summarizeParameters(model, sizes, parameters)).toEqual(summarizeModel(model, sizes));
  });
});

describe('formatSummary', () => {
  it('prints a line per parameter and the total', () =>
    expect(
      formatSummary(summarizeModel(factorization({ dim: 64 }), { userCount: 943, itemCount: 1682 })),
    ).toMatchInlineSnapshot(`
        "factorization(64), 943 users, 1,682 items: 170,625 parameters (683 kB)

        | parameter       | shape      |   count |
        | --------------- | ---------- | ------: |
        | user/weight     | [943, 64]  |  60,352 |
        | item/weight     | [1682, 64] | 107,648 |
        | userBias/weight | [943, 1]   |     943 |
        | itemBias/weight | [1682, 1]  |   1,682 |
        | total           |            | 170,625 |"
      `));

  it('says that a solver computes its values', () =>
    expect(formatSummary(summarizeModel(ease({ regularization: 10 }), sizes))).toContain(
      'ease(10), 3 users, 7 items: 49 values, computed, not learned (196 bytes)',
    ));
});
