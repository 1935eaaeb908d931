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

const createLike = ({ length }: Float32Array) => new Float32Array(length);

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

/** Memory for the gradients of a layer's inputs and weights. */
function createLstmGradients({ input, weight, bias, recurrent, start }: ReturnType<typeof createWeights>) {
  return {
    ...{
      outInputGradient: createLike(input),
      outWeightGradient: createLike(weight),
      outBiasGradient: createLike(bias),
    },
    outRecurrentGradient: createLike(recurrent),
    outHiddenGradient: createLike(start),
    outCellGradient: createLike(start),
  };
}

const createLstm: CreateLayer = (kernels, dim, rng) => {
  const { input, weight, bias, recurrent, start } = createWeights(rng, dim, 4);
  const { hidden, cell, saved, gradient } = createStates(rng, dim, 4);
  const inputs = { batch, time, inputDim: dim, dim, input, weight, recurrent, hidden: start, cell: start };
  const gradients = createLstmGradients({ input, weight, bias, recurrent, start });
  return {
    forward: () =>
      kernels.lstmSequence({ ...inputs, bias, outHiddenStates: hidden, outCellStates: cell, outSaved: saved }),
    backward: () =>
      kernels.lstmSequenceGradient({
        ...{ ...inputs, hiddenStates: hidden, cellStates: cell, saved, hiddenGradients: gradient },
        ...gradients,
      }),
  };
};

const createMLstm: CreateLayer = (kernels, dim, rng) => {
  const { input, weight, bias, recurrent, start } = createWeights(rng, dim, 4);
  const { hidden, cell, saved, gradient } = createStates(rng, dim, 5);
  const [recurrentMultiplier, recurrentMultiplierBias] = [
    drawNumbers(rng, dim * dim, dim ** -0.5),
    drawNumbers(rng, dim),
  ];
  const projection = createProjection(kernels, input, dim, rng);
  const multiplier = projection.output;
  const inputs = {
    ...{ batch, time, inputDim: dim, dim, input, weight, recurrent, hidden: start, cell: start },
    ...{ multiplier, recurrentMultiplier },
  };
  const gradients = {
    ...createLstmGradients({ input, weight, bias, recurrent, start }),
    outMultiplierGradient: createLike(multiplier),
    outRecurrentMultiplierGradient: createLike(recurrentMultiplier),
    outRecurrentMultiplierBiasGradient: createLike(recurrentMultiplierBias),
  };
  return {
    forward() {
      projection.forward();
      kernels.mLstmSequence({
        ...{ ...inputs, bias, recurrentMultiplierBias },
        ...{ outHiddenStates: hidden, outCellStates: cell, outSaved: saved },
      });
    },
    backward() {
      kernels.mLstmSequenceGradient({
        ...{ ...inputs, hiddenStates: hidden, cellStates: cell, saved, hiddenGradients: gradient },
        ...gradients,
      });
      projection.backward(gradients.outMultiplierGradient, gradients.outInputGradient);
    },
  };
};

const createGru: CreateLayer = (kernels, dim, rng) => {
  const { input, weight, bias, recurrent, start } = createWeights(rng, dim, 3);
  const { hidden, saved, gradient } = createStates(rng, dim, 4);
  const recurrentBias = drawNumbers(rng, 3 * dim);
  const inputs = { batch, time, inputDim: dim, dim, input, weight, recurrent, hidden: start };
  const { outCellGradient: _, ...gradients } = createLstmGradients({ input, weight, bias, recurrent, start });
  const outRecurrentBiasGradient = createLike(recurrentBias);
  return {
    forward: () => kernels.gruSequence({ ...inputs, bias, recurrentBias, outHiddenStates: hidden, outSaved: saved }),
    backward: () =>
      kernels.gruSequenceGradient({
        ...{ ...inputs, hiddenStates: hidden, saved, hiddenGradients: gradient },
        ...{ ...gradients, outRecurrentBiasGradient },
      }),
  };
};

/** The multiplicative LSTM's projection of the input, input · weights + bias, and its gradients. */
function createProjection(kernels: Kernels, input: Float32Array, dim: number, rng: Rng) {
  const [weights, bias] = [drawNumbers(rng, dim * dim, dim ** -0.5), drawNumbers(rng, dim, dim ** -0.5)];
  const [dWeights, dBias] = [createLike(weights), createLike(bias)];
  const ones = new Float32Array(rows).fill(1);
  const output = new Float32Array(rows * dim);
  return {
    output,
    forward: () => kernels.sgemm({ rows, columns: dim, inner: dim, a: input, b: weights, out: output, bias }),
    /** Adds to the gradient of the input. */
    backward(gradient: Float32Array, dInput: Float32Array) {
      kernels.sgemm({
        transposeB: true,
        rows,
        columns: dim,
        inner: dim,
        a: gradient,
        b: weights,
        out: dInput,
        accumulate: true,
      });
      kernels.sgemm({ transposeA: true, rows: dim, columns: dim, inner: rows, a: input, b: gradient, out: dWeights });
      kernels.sgemm({ rows: 1, columns: dim, inner: rows, a: ones, b: gradient, out: dBias });
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
