import { createRng, type Rng } from '@footlight/core';
import { describeOnBackends, expectClose, numericGradient } from '@footlight/engine/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { collectParameters, disposeParameters } from '../parameters.js';
import type { Layer, Training } from '../types.js';

export interface LayerPromises {
  /** Makes the layer; small, with axes of distinct prime sizes. */
  create(rng: Rng): Layer;
  /** Makes an input [batch, ...] with at least two rows. */
  input(): tf.Tensor;
}

/** The promises that every layer keeps, as tests. */
export function describeLayer(name: string, { create, input }: LayerPromises): void {
  const whole = (layer: Layer, training?: Training) => tf.tidy(() => layer.apply(input(), training));
  const values = (layer: Layer, training?: Training) => tf.tidy(() => [...whole(layer, training).dataSync()]);

  describeOnBackends(name, () => {
    it('starts with the same bytes for the same seed', () => {
      const bytes = () =>
        [...collectParameters(create(createRng(7)).parameters)].map(([path, variable]) => [
          path,
          variable.shape,
          [...variable.dataSync()],
        ]);
      expect(bytes()).toEqual(bytes());
    });

    it('draws the same in training for the same seed', () => {
      const layer = create(createRng(7));
      expect(values(layer, { rng: createRng(3) })).toEqual(values(layer, { rng: createRng(3) }));
    });

    it('reads each row of the batch alone', () => {
      const layer = create(createRng(7));
      const alone = tf.tidy(() =>
        tf.concat(tf.unstack(input()).map((row) => layer.apply(tf.expandDims(row, 0)))).dataSync(),
      );
      expectClose(alone, values(layer));
    });

    it('has the gradient of finite differences', () => {
      const layer = create(createRng(7));
      for (const variable of collectParameters(layer.parameters).values())
        expectTrueGradient(variable, () => sampled(layer, input()));
      const given = input();
      if (given.dtype === 'float32') expectTrueGradient(tf.variable(given), (changed) => sampled(layer, changed));
    });

    it('leaves no tensor behind', () => {
      values(create(createRng(7))); // whatever the backend sets up once is there afterwards
      const before = tf.memory().numTensors;
      const layer = create(createRng(7));
      values(layer, { rng: createRng(3) });
      disposeParameters(layer.parameters);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

/** A scalar that depends on every number that comes out, on each in its own way. The same mask is drawn at every call. */
function sampled(layer: Layer, input: tf.Tensor): tf.Scalar {
  const output = layer.apply(input, { rng: createRng(3) });
  const weights = Float32Array.from({ length: output.size }, (_, at) => Math.cos(at + 1));
  return tf.sum(tf.mul(output, tf.tensor(weights, output.shape)));
}

function expectTrueGradient(variable: tf.Variable, f: (variable: tf.Variable) => tf.Scalar): void {
  const { grads } = tf.variableGrads(() => f(variable), [variable]);
  const derived = grads[variable.name]?.dataSync() ?? new Float32Array(variable.size); // absent where nothing depends on it
  const at = (values: Float32Array) =>
    tf.tidy(() => {
      variable.assign(tf.tensor(values.slice(), variable.shape));
      return f(variable).dataSync()[0]!;
    });
  const original = variable.dataSync().slice() as Float32Array;
  const numeric = numericGradient(at, original);
  at(original);
  expectClose(derived, numeric, 2e-3);
}
