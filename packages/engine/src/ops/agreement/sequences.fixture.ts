import type { Rng } from '@footlight/core';
import type { Given, Make } from '../../backends/kernels/agreement/agreement.fixture.js';
import { tf } from '../../tfjs/tfjs.js';
import { gruSequence } from '../gru-sequence.js';
import type { LstmStates } from '../lstm-cell.js';
import { type LstmSequenceInputs, lstmSequence } from '../lstm-sequence.js';
import { lstmSequenceOfRows } from '../lstm-sequence-of-rows.js';
import { mLstmSequence } from '../m-lstm-sequence.js';
import { differentiate, drawNumbers, drawSize, pick } from './helpers.fixture.js';

const drawMask = (rng: Rng, ...shape: number[]): Given => {
  const share = rng.next();
  return {
    values: Float32Array.from({ length: shape[0]! * shape[1]! }, () => (rng.next() < share ? 1 : 0)),
    shape,
    dtype: 'float32',
  };
};

/**
 * Draws the inputs of a recurrent layer, with weights of the size of initial weights: larger ones would amplify
 * rounding chaotically.
 */
const drawSequence = (
  rng: Rng,
  gates: number,
  more: (batch: number, time: number, dim: number) => Given[],
): Given[] => {
  const [batch, time, inputDim, dim] = [drawSize(rng), drawSize(rng, 20), drawSize(rng, 30), drawSize(rng, 30)];
  const small = (...shape: number[]): Given => ({
    values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal(0, 0.7 / Math.sqrt(dim))),
    shape,
    dtype: 'float32',
  });
  return [
    small(batch, time, inputDim),
    small(inputDim, gates * dim),
    small(gates * dim),
    small(dim, gates * dim),
    small(batch, dim),
    ...more(batch, time, dim).map(({ shape }) => small(...shape)),
    drawMask(rng, batch, time),
  ];
};
const createShape = (...shape: number[]): Given => ({ values: new Float32Array(0), shape, dtype: 'float32' });
const toLstmInputs = (t: readonly tf.Tensor[], mask: tf.Tensor | undefined): LstmSequenceInputs => ({
  input: t[0] as tf.Tensor3D,
  weight: t[1] as tf.Tensor2D,
  bias: t[2] as tf.Tensor1D,
  recurrent: t[3] as tf.Tensor2D,
  hidden: t[4] as tf.Tensor2D,
  cell: t[5] as tf.Tensor2D,
  mask: mask as tf.Tensor2D,
});
/** Draws the kind of states to compute alone; `undefined` for both. */
const drawStates = (rng: Rng) => pick(rng, ['hidden', 'cell', undefined] as const);
const concatenateStates = ({ hidden, cell }: LstmStates) => tf.concat([hidden, cell], 2);

/** Recurrent layers. */
export const sequenceOperations: Record<string, Make> = {
  lstmSequence: (rng) => {
    const only = drawStates(rng);
    return {
      given: drawSequence(rng, 4, (batch, _, dim) => [createShape(batch, dim)]),
      compute: differentiate(6, (t) =>
        only ? lstmSequence(toLstmInputs(t, t[6]), only) : concatenateStates(lstmSequence(toLstmInputs(t, t[6]))),
      ),
      tolerance: 1e-4,
    };
  },
  lstmSequenceOfRows: (rng) => {
    const only = drawStates(rng);
    const given = drawSequence(rng, 4, (batch, _, dim) => [createShape(batch, dim)]);
    const [batch, time, inputDim] = given[0]!.shape as [number, number, number];
    const rows = drawSize(rng);
    const table = drawNumbers(rng, rows, inputDim);
    const index: Given = {
      values: rng.integers(rows, new Int32Array(batch * time)),
      shape: [batch, time],
      dtype: 'int32',
    };
    return {
      given: [table, ...given.slice(1), index],
      compute: differentiate(6, (t) => {
        const { input, ...others } = toLstmInputs(t, t[6]);
        const inputs = { table: input as unknown as tf.Tensor2D, index: t[7] as tf.Tensor2D, ...others };
        return only ? lstmSequenceOfRows(inputs, only) : concatenateStates(lstmSequenceOfRows(inputs));
      }),
      tolerance: 1e-4,
    };
  },
  mLstmSequence: (rng) => {
    const only = drawStates(rng);
    const compute = differentiate(9, (t) => {
      const inputs = {
        ...toLstmInputs(t, t[9]),
        multiplier: t[6] as tf.Tensor3D,
        recurrentMultiplier: t[7] as tf.Tensor2D,
        recurrentMultiplierBias: t[8] as tf.Tensor1D,
      };
      return only ? mLstmSequence(inputs, only) : concatenateStates(mLstmSequence(inputs));
    });
    const given = drawSequence(rng, 4, (batch, time, dim) => [
      createShape(batch, dim),
      createShape(batch, time, dim),
      createShape(dim, dim),
      createShape(dim),
    ]);
    return { given, compute, tolerance: 5e-4 };
  },
  gruSequence: (rng) => ({
    given: drawSequence(rng, 3, (_, __, dim) => [createShape(3 * dim)]),
    compute: differentiate(6, (t) =>
      gruSequence({
        input: t[0] as tf.Tensor3D,
        weight: t[1] as tf.Tensor2D,
        bias: t[2] as tf.Tensor1D,
        recurrent: t[3] as tf.Tensor2D,
        hidden: t[4] as tf.Tensor2D,
        recurrentBias: t[5] as tf.Tensor1D,
        mask: t[6] as tf.Tensor2D,
      }),
    ),
    tolerance: 1e-4,
  }),
};
