import { createRng, type Rng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose, numericGradient } from '@footlight/engine/testing';
import { expect, it } from 'vitest';
import { collectParameters, disposeParameters } from '../parameters.js';
import type { Layer, Training } from '../types.js';

/** Options of `describeLayer`. */
export interface LayerPromises {
  /** Creates a small layer with axes of distinct prime sizes. */
  create(rng: Rng): Layer;
  /** Creates an input `[batch, ...]` with at least two rows. */
  input(): tf.Tensor;
  /** Step of the finite differences, smaller for layers of large curvature. Default 0.01. */
  readonly step?: number;
}

/**
 * Contract suite of layers: defines one test, on each backend, per promise that every layer must keep.
 *
 * @example
 * describeLayer('dense', { create: (rng) => dense({ inputDim: 2, dim: 5, rng }), input: () => tf.ones([3, 2]) });
 */
export function describeLayer(name: string, { create, input, step }: LayerPromises): void {
  const values = (layer: Layer, training?: Training) => tf.tidy(() => [...layer.apply(input(), training).dataSync()]);

  describeOnBackends(name, () => {
    it('has equal first values for equal seeds', () => {
      const bytes = () =>
        [...collectParameters(create(createRng(7)).parameters)].map(([path, variable]) => [
          path,
          variable.shape,
          [...variable.dataSync()],
        ]);
      expect(bytes()).toEqual(bytes());
    });

    it('has equal training outputs for equal seeds', () => {
      const layer = create(createRng(7));
      expect(values(layer, { rng: createRng(3) })).toEqual(values(layer, { rng: createRng(3) }));
    });

    it('computes each row of the batch independently of the others', () => {
      const layer = create(createRng(7));
      const alone = tf.tidy(() =>
        tf.concat(tf.unstack(input()).map((row) => layer.apply(tf.expandDims(row, 0)))).dataSync(),
      );
      expectClose(alone, values(layer));
    });

    it('has gradients equal to finite differences', () => {
      const layer = create(createRng(7));
      for (const variable of collectParameters(layer.parameters).values())
        expectNumericGradient(variable, () => computeWeightedSum(layer, input()), step);
      const given = input();
      if (given.dtype === 'float32')
        expectNumericGradient(tf.variable(given), (changed) => computeWeightedSum(layer, changed), step);
    });

    it('frees all its tensors', () => {
      values(create(createRng(7))); // the backend may allocate tensors at first use
      const before = tf.memory().numTensors;
      const layer = create(createRng(7));
      values(layer, { rng: createRng(3) });
      disposeParameters(layer.parameters);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

/**
 * Sums the outputs with distinct weights, so that each output has its own effect. Every call draws the same dropout
 * mask.
 */
function computeWeightedSum(layer: Layer, input: tf.Tensor): tf.Scalar {
  const output = layer.apply(input, { rng: createRng(3) });
  const weights = Float32Array.from({ length: output.size }, (_, at) => Math.cos(at + 1));
  return tf.sum(tf.mul(output, tf.tensor(weights, output.shape)));
}

function expectNumericGradient(
  variable: tf.Variable,
  f: (variable: tf.Variable) => tf.Scalar,
  step: number | undefined,
): void {
  const { grads } = tf.variableGrads(() => f(variable), [variable]);
  const derived = grads[variable.name]?.dataSync() ?? new Float32Array(variable.size); // absent if it has no effect
  const at = (values: Float32Array) =>
    tf.tidy(() => {
      variable.assign(tf.tensor(values.slice(), variable.shape));
      return f(variable).dataSync()[0]!;
    });
  const original = variable.dataSync().slice() as Float32Array;
  const numeric = numericGradient(at, original, step);
  at(original);
  expectClose(derived, numeric, 2e-3);
}
