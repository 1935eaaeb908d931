import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { expect, it } from 'vitest';
import { collectParameters } from './parameters.js';
import {
  computeStates,
  createCosines,
  createLayer,
  createSequence,
  layerNames,
  toNumbers,
} from './recurrent.fixture.js';

for (const name of layerNames) {
  describeOnBackends(`${name} with a mask`, () => {
    it('skips masked steps: neither states nor gradients depend on them', () => {
      tf.tidy(() => {
        const recurrent = createLayer(name);
        const parameters = [...collectParameters(recurrent.parameters).values()];
        const only = tf.slice(createSequence(), [0, 2, 0], [2, 3, 3]);
        const padded = tf.concat([tf.fill([2, 2, 3], 7), only], 1);
        const mask = tf.tensor2d([
          [0, 0, 1, 1, 1],
          [0, 0, 1, 1, 1],
        ]);
        const last = (states: tf.Tensor3D) => tf.slice(states, [0, states.shape[1] - 3, 0], [2, 3, -1]);
        const gradients = (states: () => tf.Tensor3D) => {
          const { grads } = tf.variableGrads(() => {
            const seen = last(states());
            return tf.sum(tf.mul(tf.reshape(seen, [-1]), createCosines(seen.size)));
          }, parameters);
          return parameters.flatMap((parameter) => toNumbers(grads[parameter.name]!));
        };
        expectClose(
          last(computeStates(recurrent, padded, { mask })).dataSync(),
          toNumbers(computeStates(recurrent, only)),
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
        const recurrent = createLayer(name);
        const { hidden } = recurrent.apply(createSequence(), { mask: tf.zeros([2, 5]) });
        const start = toNumbers(recurrent.start(1).hidden);
        expect(toNumbers(hidden)).toEqual(Array.from({ length: 10 }, () => start).flat());
      });
    });
  });
}
