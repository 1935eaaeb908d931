import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { dense } from './dense.js';
import { normal } from './initializers.js';
import { collectParameters } from './parameters.js';
import { describeLayer } from './testing/describe-layer.js';

const input = () => tf.tensor3d([0.3, -1.2, 0.7, 0.1, 0.4, -0.6, 1.1, 2, 0.2, -0.5, 0.9, -0.4], [2, 3, 2]);

describeLayer('dense', { create: (rng) => dense({ inputDim: 2, dim: 5, rng }), input });
describeLayer('dense with tanh and without bias', {
  create: (rng) => dense({ inputDim: 2, dim: 5, rng, bias: false, activation: tf.tanh }),
  input,
});

/** PyTorch's nn.Linear(5, 3) followed by tanh, on [2, 7, 5]; gradients of Σ cos(k) yₖ, k from 1. */
const torch = JSON.parse(readFileSync(new URL('../fixtures/dense.json', import.meta.url), 'utf8')) as Record<
  'weight' | 'bias' | 'input' | 'output',
  number[]
> & {
  gradients: Record<'weight' | 'bias' | 'input', number[]>;
};

describe('dense', () => {
  it('has the output and the gradients of PyTorch', () => {
    const layer = dense({ inputDim: 5, dim: 3, rng: createRng(1), activation: tf.tanh });
    const parameters = collectParameters(layer.parameters);
    parameters.get('weight')!.assign(tf.tensor2d(torch.weight, [5, 3]));
    parameters.get('bias')!.assign(tf.tensor1d(torch.bias));
    const given = tf.variable(tf.tensor3d(torch.input, [2, 7, 5]));
    const weights = tf.cos(tf.range(1, 43));
    expectClose(layer.apply(given).dataSync(), torch.output);
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.mul(tf.reshape(layer.apply(given), [42]), weights)),
      [given, ...parameters.values()],
    );
    for (const name of ['weight', 'bias'] as const)
      expectClose(grads[parameters.get(name)!.name]!.dataSync(), torch.gradients[name]);
    expectClose(grads[given.name]!.dataSync(), torch.gradients.input);
  });

  it('draws its first values from the given initializers', () => {
    const layer = dense({
      inputDim: 2,
      dim: 3,
      rng: createRng(1),
      weightInitializer: normal({ deviation: 0, mean: 2 }),
      biasInitializer: normal({ deviation: 0, mean: 1 }),
    });
    expect(layer.apply(tf.tensor2d([[1, 10]])).arraySync()).toEqual([[23, 23, 23]]); // 2 · 1 + 2 · 10 + 1
  });

  it('has no bias with bias: false', () => {
    expect([
      ...collectParameters(dense({ inputDim: 2, dim: 3, rng: createRng(1), bias: false }).parameters).keys(),
    ]).toEqual(['weight']);
  });

  it('rejects sizes that are not positive integers', () => {
    expect(() => dense({ inputDim: 0, dim: 3, rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: dense(inputDim): expected a positive integer, received 0.]`,
    );
    expect(() => dense({ inputDim: 2, dim: -1, rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: dense(dim): expected a positive integer, received -1.]`,
    );
  });

  it('rejects input vectors of another length', () => {
    expect(() =>
      dense({ inputDim: 2, dim: 3, rng: createRng(1) }).apply(tf.zeros([5, 4])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: dense(input): expected shape [..., inputDim=2], received [5, 4].]`,
    );
  });
});
