import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { causalConvolution } from './causal-convolution.js';
import { collectParameters } from './parameters.js';
import { describeLayer } from './testing/describe-layer.js';

const input = () => tf.reshape(tf.cos(tf.range(0, 42)), [2, 7, 3]);

describeLayer('causalConvolution', {
  create: (rng) => causalConvolution({ inputDim: 3, dim: 5, width: 2, dilation: 3, rng }),
  input,
});
describeLayer('causalConvolution with tanh, wider than its input', {
  create: (rng) => causalConvolution({ inputDim: 3, dim: 2, width: 11, rng, activation: tf.tanh }),
  input,
});

type Named = Record<string, { shape: number[]; values: number[] }>;

/**
 * PyTorch's nn.Conv1d(5, 3, 3, dilation=2) on [2, 7, 5] with zeros on the left, then tanh; gradients of Σ cos(k) yₖ, k
 * from 1.
 */
const torch = (
  JSON.parse(readFileSync(new URL('../fixtures/recurrent.json', import.meta.url), 'utf8')) as {
    causalConvolution: Record<'inputs' | 'outputs' | 'gradients', Named>;
  }
).causalConvolution;

describeOnBackends('causalConvolution', () => {
  it('has the output and the gradients of PyTorch', () => {
    const layer = causalConvolution({
      inputDim: 5,
      dim: 3,
      width: 3,
      dilation: 2,
      rng: createRng(1),
      activation: tf.tanh,
    });
    const parameters = collectParameters(layer.parameters);
    for (const [path, variable] of parameters)
      variable.assign(tf.tensor(torch.inputs[path]!.values, torch.inputs[path]!.shape));
    const given = tf.variable(tf.tensor3d(torch.inputs.sequence!.values, [2, 7, 5]));
    expectClose(layer.apply(given).dataSync(), torch.outputs.hidden!.values);
    const weights = tf.tensor1d(Array.from({ length: 42 }, (_, at) => Math.cos(at + 1)));
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.mul(tf.reshape(layer.apply(given), [42]), weights)),
      [given, ...parameters.values()],
    );
    expectClose(grads[given.name]!.dataSync(), torch.gradients.sequence!.values);
    for (const [path, variable] of parameters)
      expectClose(grads[variable.name]!.dataSync(), torch.gradients[path]!.values);
  });
});

describe('causalConvolution', () => {
  it('multiplies the oldest step by the first weight', () => {
    const layer = causalConvolution({ inputDim: 1, dim: 1, width: 2, dilation: 2, rng: createRng(1) });
    const parameters = collectParameters(layer.parameters);
    parameters.get('weight')!.assign(tf.tensor3d([10, 1], [2, 1, 1]));
    parameters.get('bias')!.assign(tf.tensor1d([0.5]));
    const output = layer.apply(tf.tensor3d([1, 2, 3, 4, 5], [1, 5, 1]));
    expect([...output.dataSync()]).toEqual([1.5, 2.5, 13.5, 24.5, 35.5]); // 3 + 10 · 1 + 0.5, 4 + 10 · 2 + 0.5, …
  });

  it('has outputs that do not depend on later steps', () => {
    const layer = causalConvolution({ inputDim: 3, dim: 5, width: 3, dilation: 2, rng: createRng(1) });
    const later = tf.mul(input(), tf.reshape(tf.tensor1d([1, 1, 1, 1, 9, 9, 9]), [1, 7, 1]));
    const early = (x: tf.Tensor) => [...tf.slice(layer.apply(x), [0, 0, 0], [2, 4, 5]).dataSync()];
    expect(early(later)).toEqual(early(input()));
  });

  it('starts within ±1/√(inputDim · width)', () => {
    const layer = causalConvolution({ inputDim: 7, dim: 31, width: 3, rng: createRng(1) });
    for (const variable of collectParameters(layer.parameters).values()) {
      const largest = Math.max(...tf.abs(variable).dataSync());
      expect(largest).toBeGreaterThan(0.9 / Math.sqrt(21));
      expect(largest).toBeLessThan(1 / Math.sqrt(21));
    }
  });

  it('rejects sizes that are not positive integers', () => {
    const expectWith = (sizes: object) =>
      expect(() => causalConvolution({ inputDim: 2, dim: 3, width: 5, rng: createRng(1), ...sizes }));
    expectWith({ inputDim: 0 }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: causalConvolution(inputDim): expected a positive integer, received 0.]`,
    );
    expectWith({ width: 0 }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: causalConvolution(width): expected a positive integer, received 0.]`,
    );
    expectWith({ dilation: 1.5 }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: causalConvolution(dilation): expected a positive integer, received 1.5.]`,
    );
  });

  it('rejects input vectors of another length', () => {
    const layer = causalConvolution({ inputDim: 2, dim: 3, width: 5, rng: createRng(1) });
    expect(() => layer.apply(input())).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: causalConvolution(input): expected shape [batch, time, inputDim=2], received [2, 7, 3].]`,
    );
  });
});
