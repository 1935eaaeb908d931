import { createRng, type Rng } from '@footlight/core';
import type { Kernels } from '@footlight/kernels';
import { type BenchmarkCase, measureCall } from '../measure/benchmark-case.js';
import { loadKernels } from './load-kernels.js';
import { drawNumbers } from './random-data.js';

const [batch, time] = [208, 100];
const rows = batch * time;

/** Forward and backward pass of a layer. */
interface Layer {
  readonly forward: () => void;
  readonly backward: () => void;
}

type CreateLayer = (kernels: Kernels, dim: number, rng: Rng) => Layer;

const createLike = (...arrays: readonly Float32Array[]) => arrays.map(({ length }) => new Float32Array(length));

/** Input, weights and recurrent weights of a layer with so many gates. */
function createWeights(rng: Rng, dim: number, gates: number) {
  return {
    input: drawNumbers(rng, rows * dim),
    weight: drawNumbers(rng, dim * gates * dim, dim ** -0.5),
    bias: drawNumbers(rng, gates * dim, dim ** -0.5),
    recurrent: drawNumbers(rng, dim * gates * dim, dim ** -0.5),
    start: new Float32Array(batch * dim),
  };
}

/** Output arrays: states, and what the backward pass reads: `saved` numbers per unit. */
function createStates(rng: Rng, dim: number, saved: number) {
  return {
    hidden: new Float32Array(rows * dim),
    cell: new Float32Array(rows * dim),
    saved: new Float32Array(rows * saved * dim),
    gradient: drawNumbers(rng, rows * dim),
  };
}

const createLstm: CreateLayer = (kernels, dim, rng) => {
  const { input, weight, bias, recurrent, start } = createWeights(rng, dim, 4);
  const { hidden, cell, saved, gradient } = createStates(rng, dim, 4);
  const sizes = [batch, time, dim, dim] as const;
  const [dInput, dWeight, dBias, dRecurrent, dHidden, dCell] = createLike(input, weight, bias, recurrent, start, start);
  return {
    forward: () =>
      kernels.lstmSequence(input, weight, bias, recurrent, start, start, undefined, ...sizes, hidden, cell, saved),
    backward: () =>
      kernels.lstmSequenceGradient(
        ...([input, weight, recurrent, start, start, undefined, hidden, cell, saved, gradient, undefined] as const),
        ...sizes,
        ...([dInput!, dWeight!, dBias!, dRecurrent!, dHidden!, dCell!] as const),
      ),
  };
};

const createMLstm: CreateLayer = (kernels, dim, rng) => {
  const { input, weight, bias, recurrent, start } = createWeights(rng, dim, 4);
  const { hidden, cell, saved, gradient } = createStates(rng, dim, 5);
  const [factor, factorBias] = [drawNumbers(rng, dim * dim, dim ** -0.5), drawNumbers(rng, dim)];
  const projection = createProjection(kernels, input, dim, rng);
  const multiplier = projection.output;
  const sizes = [batch, time, dim, dim] as const;
  const inputs = [input, weight, bias, recurrent, start, start, multiplier, factor, factorBias, undefined] as const;
  const [dInput, dWeight, dBias, dRecurrent, dHidden, dCell, dMultiplier, dFactor, dFactorBias] = createLike(
    ...[input, weight, bias, recurrent, start, start, multiplier, factor, factorBias],
  );
  return {
    forward() {
      projection.forward();
      kernels.mLstmSequence(...inputs, ...sizes, hidden, cell, saved);
    },
    backward() {
      kernels.mLstmSequenceGradient(
        ...([input, weight, recurrent, start, start, multiplier, factor, undefined] as const),
        ...([hidden, cell, saved, gradient, undefined] as const),
        ...sizes,
        ...([dInput!, dWeight!, dBias!, dRecurrent!, dHidden!, dCell!] as const),
        ...([dMultiplier!, dFactor!, dFactorBias!] as const),
      );
      projection.backward(dMultiplier!, dInput!);
    },
  };
};

const createGru: CreateLayer = (kernels, dim, rng) => {
  const { input, weight, bias, recurrent, start } = createWeights(rng, dim, 3);
  const { hidden, saved, gradient } = createStates(rng, dim, 4);
  const recurrentBias = drawNumbers(rng, 3 * dim);
  const sizes = [batch, time, dim, dim] as const;
  const inputs = [input, weight, bias, recurrent, recurrentBias, start, undefined] as const;
  const [dInput, dWeight, dBias, dRecurrent, dRecurrentBias, dStart] = createLike(
    ...[input, weight, bias, recurrent, recurrentBias, start],
  );
  return {
    forward: () => kernels.gruSequence(...inputs, ...sizes, hidden, saved),
    backward: () =>
      kernels.gruSequenceGradient(
        ...([input, weight, recurrent, start, undefined, hidden, saved, gradient] as const),
        ...sizes,
        ...([dInput!, dWeight!, dBias!, dRecurrent!, dRecurrentBias!, dStart!] as const),
      ),
  };
};

/** The multiplicative LSTM's projection of the input, input · weights + bias, and its gradients. */
function createProjection(kernels: Kernels, input: Float32Array, dim: number, rng: Rng) {
  const [weights, bias] = [drawNumbers(rng, dim * dim, dim ** -0.5), drawNumbers(rng, dim, dim ** -0.5)];
  const [dWeights, dBias] = createLike(weights, bias);
  const ones = new Float32Array(rows).fill(1);
  const output = new Float32Array(rows * dim);
  return {
    output,
    forward: () => kernels.sgemm(false, false, rows, dim, dim, input, weights, output, false, bias),
    /** Adds to the gradient of the input. */
    backward(gradient: Float32Array, dInput: Float32Array) {
      kernels.sgemm(false, true, rows, dim, dim, gradient, weights, dInput, true);
      kernels.sgemm(true, false, dim, dim, rows, input, gradient, dWeights!);
      kernels.sgemm(false, false, 1, dim, rows, ones, gradient, dBias!);
    },
  };
}

const layers = { lstm: createLstm, mLstm: createMLstm, gru: createGru };

/** Recurrent layers over whole sequences, including the products of their inputs. */
export const recurrentLayers: BenchmarkCase[] = Object.entries(layers).flatMap(([layer, create]) =>
  [128, 64].flatMap((dim) => {
    const prepare = () => create(loadKernels(), dim, createRng(layer));
    const common = { group: `Recurrent layers, batch ${batch}, ${time} steps`, unit: 'pass' };
    return [
      {
        ...common,
        name: `${layer}, dim ${dim}, forward and backward`,
        async prepare() {
          const { forward, backward } = prepare();
          const request = { work: 'recurrent-layer', layer, batch, time, dim };
          return { run: () => measureCall(() => void [forward(), backward()]), request };
        },
      },
      {
        ...common,
        name: `${layer}, dim ${dim}, forward`,
        async prepare() {
          const { forward } = prepare();
          return { run: () => measureCall(forward) };
        },
      },
    ];
  }),
);
