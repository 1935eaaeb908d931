import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import { sgd, tf, valueAndGradients } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { collectParameters } from '@footlight/layers';
import { expect, it } from 'vitest';
import type { Queries, Representation } from '../types.js';
import { bert4Rec } from './bert4-rec.js';
import { gru4Rec } from './gru4-rec.js';
import { hstu } from './hstu.js';

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

/** Scores of PyTorch, with the gradients of Σ cos(k) sₖ, k from 1. */
const torch = JSON.parse(
  readFileSync(new URL('../../fixtures/sequence-models.json', import.meta.url), 'utf8'),
) as Record<string, { parameters: Record<string, Values>; scores: Values; gradients: Record<string, Values> }>;

interface Case {
  readonly model: Representation;
  /** Rows of items; null is padding. */
  readonly history: readonly (readonly (number | null)[])[];
  readonly hiddenSteps?: readonly (readonly number[])[];
}

const bert = bert4Rec({ dim: 4, history: 3, heads: 2, hidden: 6 });

const cases: Readonly<Record<string, Case>> = {
  'bert4Rec after the last step': {
    model: bert,
    history: [
      [null, null, null],
      [null, 6, 2],
      [3, 1, 5],
    ],
  },
  'gru4Rec after the last step': {
    model: gru4Rec({ dim: 4, history: 3, hidden: 6, layers: 2 }),
    history: [
      [null, null, null],
      [null, 6, 2],
      [3, 1, 5],
    ],
  },
  'hstu after the last step': {
    model: hstu({
      ...{ dim: 4, history: 3, heads: 2, queryDim: 3, valueDim: 2 },
      ...{ similarity: 'cosine', biases: false },
    }),
    history: [
      [null, null, 4],
      [null, 6, 2],
      [3, 1, 5],
    ],
  },
  'bert4Rec at hidden steps': {
    model: bert,
    history: [
      [null, 6, 2, 4],
      [3, 1, 5, 0],
    ],
    hiddenSteps: [
      [0, 0, 1, 0],
      [1, 0, 0, 1],
    ],
  },
};

const createQueries = ({ history, hiddenSteps }: Case): Queries => ({
  users: tf.zeros([history.length], 'int32'),
  history: tf.tensor2d(
    history.map((row) => row.map((item) => item ?? 0)),
    undefined,
    'int32',
  ),
  mask: tf.tensor2d(history.map((row) => row.map((item) => (item === null ? 0 : 1)))),
  ...(hiddenSteps && { hiddenSteps: tf.tensor2d(hiddenSteps as number[][]) }),
});

/** The vectors of the hidden steps, else those after the last step: `[query, dim]`. */
function selectVectors(vectors: tf.Tensor3D, { hiddenSteps }: Case): tf.Tensor2D {
  const [batch, time, dim] = vectors.shape;
  const steps = hiddenSteps?.flat() ?? Array.from({ length: batch * time }, (_, at) => ((at + 1) % time === 0 ? 1 : 0));
  const positions = steps.flatMap((value, at) => (value === 1 ? [at] : []));
  return tf.gather(tf.reshape(vectors, [-1, dim]), tf.tensor1d(positions, 'int32')) as tf.Tensor2D;
}

describeOnBackends('sequence models', () => {
  it.each(Object.keys(torch))('have the scores and the gradients of PyTorch: %s', (name) => {
    const own = cases[name]!;
    const network = own.model.build({ userCount: 1, itemCount: 7 }, createRng(1));
    const parameters = collectParameters(network.parameters);
    const expected = torch[name]!;
    expect([...parameters.keys()].sort()).toEqual(Object.keys(expected.parameters).sort());
    tf.tidy(() => {
      for (const [path, variable] of parameters) {
        const { values, shape } = expected.parameters[path]!;
        variable.assign(tf.tensor(values, shape));
      }
      const score = () => network.score(selectVectors(network.encode(createQueries(own)).vectors, own));
      expectClose(score().dataSync(), expected.scores.values);
      const weights = tf.reshape(tf.cos(tf.range(1, 1 + expected.scores.values.length)), score().shape);
      const { gradients } = valueAndGradients(() => tf.sum(tf.mul(score(), weights)) as tf.Scalar, parameters);
      // A step of gradient descent with learning rate 1 subtracts the gradient.
      sgd({ learningRate: 1 }).apply(parameters, gradients);
      for (const [path, variable] of parameters) {
        const { values } = expected.parameters[path]!;
        const updated = variable.dataSync();
        expectClose(
          values.map((value, at) => value - updated[at]!),
          expected.gradients[path]!.values,
        );
      }
    });
  });
});
