import { readFileSync } from 'node:fs';
import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { expect, it } from 'vitest';
import { collectParameters } from './parameters.js';
import {
  computeStates,
  createCosines,
  createLayer,
  createSequence,
  type LayerName,
  layerNames,
  toNumbers,
} from './recurrent.fixture.js';
import type { RecurrentWithCell } from './recurrent.js';
import { describeLayer } from './testing/describe-layer.js';

type Named = Record<string, { shape: number[]; values: number[] }>;

/**
 * Outputs of PyTorch's nn.LSTM and nn.GRU, and of an mLSTM written in PyTorch, on [2, 7, 5] → [2, 7, 3], with the
 * gradients of Σ cos(k) yₖ over each output, k from 1.
 */
const torch = JSON.parse(readFileSync(new URL('../fixtures/recurrent.json', import.meta.url), 'utf8')) as Record<
  LayerName,
  { inputs: Named; outputs: Named; gradients: Named }
>;

for (const name of layerNames) {
  describeLayer(name, {
    create: (rng) => {
      const recurrent = createLayer(name, { rng });
      return { parameters: recurrent.parameters, apply: (input) => computeStates(recurrent, input) };
    },
    input: createSequence,
  });

  describeOnBackends(name, () => {
    it('has the states and the gradients of PyTorch', () => {
      const { inputs, outputs, gradients } = torch[name];
      const given = createLayer(name, { inputDim: 5, dim: 3, start: 'start' in inputs ? 'learned' : 'zero' });
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
            tf.sum(tf.mul(tf.reshape(states, [-1]), createCosines(states.size))),
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
        const recurrent = createLayer(name);
        const whole = recurrent.apply(createSequence());
        let state = recurrent.start(2);
        const hidden = tf.split(createSequence(), 5, 1).map((step) => {
          const after = recurrent.apply(step as tf.Tensor3D, { state });
          state = {
            hidden: tf.squeeze(after.hidden, [1]),
            ...(after.cell ? { cell: tf.squeeze<tf.Tensor2D>(after.cell, [1]) } : {}),
          };
          return after.hidden;
        });
        expectClose(tf.concat(hidden, 1).dataSync(), toNumbers(whole.hidden), 1e-6);
      });
    });

    it('returns the same states from states() as from apply()', () => {
      tf.tidy(() => {
        const recurrent = createLayer(name);
        const mask = tf.tensor2d([0, 1, 1, 0, 1, 1, 1, 1, 1, 0], [2, 5]);
        const { hidden, cell } = recurrent.apply(createSequence(), { mask });
        expectClose(recurrent.states('hidden', createSequence(), { mask }).dataSync(), toNumbers(hidden), 1e-6);
        if (cell)
          expectClose(
            (recurrent as RecurrentWithCell).states('cell', createSequence(), { mask }).dataSync(),
            toNumbers(cell),
            1e-6,
          );
      });
    });

    it('has states that do not depend on later steps', () => {
      tf.tidy(() => {
        const recurrent = createLayer(name);
        const later = tf.mul(createSequence(), tf.reshape(tf.tensor1d([1, 1, 1, 9, 9]), [1, 5, 1]));
        const early = (input: tf.Tensor) => toNumbers(tf.slice(computeStates(recurrent, input), [0, 0, 0], [2, 3, -1]));
        expect(early(later)).toEqual(early(createSequence()));
      });
    });
  });
}
