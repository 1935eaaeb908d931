import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { mLstm } from './m-lstm.js';
import { collectParameters, disposeParameters } from './parameters.js';
import type { Recurrent, RecurrentApplyOptions, RecurrentOptions, RecurrentWithCell } from './recurrent.js';
import { describeLayer } from './testing/describe-layer.js';

type Named = Record<string, { shape: number[]; values: number[] }>;

/**
 * Outputs of PyTorch's nn.LSTM and nn.GRU, and of an mLSTM written in PyTorch, on [2, 7, 5] → [2, 7, 3], with the
 * gradients of Σ cos(k) yₖ over each output, k from 1.
 */
const torch = JSON.parse(readFileSync(new URL('../fixtures/recurrent.json', import.meta.url), 'utf8')) as Record<
  'lstm' | 'mLstm' | 'gru',
  { inputs: Named; outputs: Named; gradients: Named }
>;

const layers = { lstm, mLstm, gru };
const cosines = (count: number) => tf.cos(tf.range(1, count + 1));
const sequence = () => tf.reshape(cosines(2 * 5 * 3), [2, 5, 3]) as tf.Tensor3D;
const numbers = (tensor: tf.Tensor) => [...tensor.dataSync()];

/** Computes hidden states and, for layers that have them, cell states. @shape `[batch, time, dim]` or `[batch, time, 2 · dim]` */
function computeStates(layer: Recurrent, input: tf.Tensor, options?: RecurrentApplyOptions): tf.Tensor3D {
  return tf.tidy(() => {
    const { hidden, cell } = layer.apply(input as tf.Tensor3D, options);
    return cell ? tf.concat([hidden, cell], 2) : hidden;
  });
}

for (const name of ['lstm', 'mLstm', 'gru'] as const) {
  const layer = (options: Partial<RecurrentOptions> = {}): Recurrent =>
    layers[name]({ inputDim: 3, dim: 2, rng: createRng(7), start: 'learned', ...options });

  describeLayer(name, {
    create: (rng) => {
      const recurrent = layer({ rng });
      return { parameters: recurrent.parameters, apply: (input) => computeStates(recurrent, input) };
    },
    input: sequence,
  });

  describeOnBackends(name, () => {
    it('has the states and the gradients of PyTorch', () => {
      const { inputs, outputs, gradients } = torch[name];
      const given = layer({ inputDim: 5, dim: 3, start: 'start' in inputs ? 'learned' : 'zero' });
      const parameters = collectParameters(given.parameters);
      expect(['sequence', ...parameters.keys()].sort()).toEqual(Object.keys(inputs).sort());
      for (const [path, variable] of parameters)
        tf.tidy(() => variable.assign(tf.tensor(inputs[path]!.values, inputs[path]!.shape)));
      const input = tf.variable(tf.tensor3d(inputs.sequence!.values, [2, 7, 5]));
      tf.tidy(() => {
        for (const [output, states] of Object.entries(given.apply(input)))
          expectClose(states.dataSync(), outputs[output]!.values);
        const loss = () => {
          const { hidden, cell } = given.apply(input);
          const sums = [hidden, ...(cell ? [cell] : [])].map((states) =>
            tf.sum(tf.mul(tf.reshape(states, [-1]), cosines(states.size))),
          );
          return tf.addN(sums) as tf.Scalar;
        };
        const { grads } = tf.variableGrads(loss, [input, ...parameters.values()]);
        expectClose(grads[input.name]!.dataSync(), gradients.sequence!.values);
        for (const [path, variable] of parameters)
          expectClose(grads[variable.name]!.dataSync(), gradients[path]!.values);
      });
    });

    it('continues from a state, step by step', () => {
      tf.tidy(() => {
        const recurrent = layer();
        const whole = recurrent.apply(sequence());
        let state = recurrent.start(2);
        const hidden = tf.split(sequence(), 5, 1).map((step) => {
          const after = recurrent.apply(step as tf.Tensor3D, { state });
          state = {
            hidden: tf.squeeze(after.hidden, [1]),
            ...(after.cell ? { cell: tf.squeeze<tf.Tensor2D>(after.cell, [1]) } : {}),
          };
          return after.hidden;
        });
        expectClose(tf.concat(hidden, 1).dataSync(), numbers(whole.hidden), 1e-6);
      });
    });

    it('returns the same states from states() as from apply()', () => {
      tf.tidy(() => {
        const recurrent = layer();
        const mask = tf.tensor2d([0, 1, 1, 0, 1, 1, 1, 1, 1, 0], [2, 5]);
        const { hidden, cell } = recurrent.apply(sequence(), { mask });
        expectClose(recurrent.states('hidden', sequence(), { mask }).dataSync(), numbers(hidden), 1e-6);
        if (cell)
          expectClose(
            (recurrent as RecurrentWithCell).states('cell', sequence(), { mask }).dataSync(),
            numbers(cell),
            1e-6,
          );
      });
    });

    it('has states that do not depend on later steps', () => {
      tf.tidy(() => {
        const recurrent = layer();
        const later = tf.mul(sequence(), tf.reshape(tf.tensor1d([1, 1, 1, 9, 9]), [1, 5, 1]));
        const early = (input: tf.Tensor) => numbers(tf.slice(computeStates(recurrent, input), [0, 0, 0], [2, 3, -1]));
        expect(early(later)).toEqual(early(sequence()));
      });
    });

    it('skips masked steps: neither states nor gradients depend on them', () => {
      tf.tidy(() => {
        const recurrent = layer();
        const parameters = [...collectParameters(recurrent.parameters).values()];
        const only = tf.slice(sequence(), [0, 2, 0], [2, 3, 3]);
        const padded = tf.concat([tf.fill([2, 2, 3], 7), only], 1);
        const mask = tf.tensor2d([
          [0, 0, 1, 1, 1],
          [0, 0, 1, 1, 1],
        ]);
        const last = (states: tf.Tensor3D) => tf.slice(states, [0, states.shape[1] - 3, 0], [2, 3, -1]);
        const gradients = (states: () => tf.Tensor3D) => {
          const { grads } = tf.variableGrads(() => {
            const seen = last(states());
            return tf.sum(tf.mul(tf.reshape(seen, [-1]), cosines(seen.size)));
          }, parameters);
          return parameters.flatMap((parameter) => numbers(grads[parameter.name]!));
        };
        expectClose(
          last(computeStates(recurrent, padded, { mask })).dataSync(),
          numbers(computeStates(recurrent, only)),
          1e-6,
        );
        expectClose(
          gradients(() => computeStates(recurrent, padded, { mask })),
          gradients(() => computeStates(recurrent, only)),
        );
        const gradient = tf.grad((input) => tf.sum(computeStates(recurrent, input, { mask })))(padded);
        expectClose(tf.slice(gradient, [0, 0, 0], [2, 2, 3]).dataSync(), new Float32Array(12), 0);
      });
    });

    it('keeps its start if every step is masked', () => {
      tf.tidy(() => {
        const recurrent = layer();
        const { hidden } = recurrent.apply(sequence(), { mask: tf.zeros([2, 5]) });
        const start = numbers(recurrent.start(1).hidden);
        expect(numbers(hidden)).toEqual(Array.from({ length: 10 }, () => start).flat());
      });
    });
  });

  describe(name, () => {
    it('starts within ±1/√dim', () => {
      const limit = 1 / Math.sqrt(7);
      const { parameters } = layer({ dim: 7, start: 'zero' });
      for (const variable of collectParameters(parameters).values()) {
        const largest = Math.max(...numbers(tf.abs(variable)));
        expect(largest).toBeGreaterThan(0.7 * limit); // 7 numbers at least: all below with probability 0.7⁷ ≈ 0.08 for one seed
        expect(largest).toBeLessThan(limit);
      }
      disposeParameters(parameters);
    });

    it('draws a learned start with standard deviation 1/dim', () => {
      const { parameters } = layer({ dim: 397 });
      const start = numbers(collectParameters(parameters).get('start')!).map((value) => value * 397);
      const variance = start.reduce((sum, value) => sum + value * value, 0) / 397;
      expect(Math.abs(variance - 1)).toBeLessThan(0.29); // four standard errors: 4 √(2 / 397) = 0.28
      disposeParameters(parameters);
    });

    it('starts with zeros by default', () => {
      expect(numbers(layers[name]({ inputDim: 3, dim: 2, rng: createRng(1) }).start(5).hidden)).toEqual(
        new Array(10).fill(0),
      );
    });
  });
}

const parameterCount = (layer: Recurrent) =>
  [...collectParameters(layer.parameters).values()].reduce((sum, { size }) => sum + size, 0);

describe('lstm', () => {
  it('has 8 dim² + 8 dim parameters', () => {
    expect(parameterCount(lstm({ inputDim: 5, dim: 5, rng: createRng(1) }))).toBe(8 * 25 + 8 * 5);
  });

  it('rejects sizes that are not positive integers', () => {
    expect(() => lstm({ inputDim: 0, dim: 3, rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstm(inputDim): expected a positive integer, received 0.]`,
    );
    expect(() => lstm({ inputDim: 3, dim: 1.5, rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstm(dim): expected a positive integer, received 1.5.]`,
    );
  });

  it('rejects input vectors of another length', () => {
    expect(() => lstm({ inputDim: 2, dim: 3, rng: createRng(1) }).apply(sequence())).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstm(input): expected shape [batch, time, inputDim=2], received [2, 5, 3].]`,
    );
  });

  it('rejects a state without a cell state', () => {
    const half = { state: { hidden: tf.zeros<tf.Rank.R2>([2, 5]) } };
    expect(() =>
      lstm({ inputDim: 3, dim: 5, rng: createRng(1) }).apply(sequence(), half),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstm(state): expected a hidden and a cell state, received a hidden state only.]`,
    );
  });
});

describe('mLstm', () => {
  it('has 10 dim² + 11 dim parameters with a learned start', () => {
    expect(parameterCount(mLstm({ inputDim: 5, dim: 5, rng: createRng(1), start: 'learned' }))).toBe(10 * 25 + 11 * 5);
  });
});

describe('gru', () => {
  it('has 6 dim² + 6 dim parameters', () => {
    expect(parameterCount(gru({ inputDim: 5, dim: 5, rng: createRng(1) }))).toBe(6 * 25 + 6 * 5);
  });
});
