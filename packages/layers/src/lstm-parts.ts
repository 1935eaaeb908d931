import type { LstmSequenceInputs } from '@footlight/engine';
import { tf } from '@footlight/engine';
import {
  assertInput,
  createProjection,
  createStartParameters,
  expandStart,
  type Projection,
  type RecurrentApplyOptions,
  type RecurrentOptions,
  type RecurrentState,
  requireCell,
} from './recurrent.js';

/** Parameters and functions that `lstm` and `mLstm` share. */
export interface LstmParts {
  readonly input: Projection;
  readonly recurrent: Projection;
  /** The learned start, if there is one. */
  readonly startParameters: ReturnType<typeof createStartParameters>;
  start(batch: number): Required<RecurrentState>;
  /** Checks a sequence and returns the inputs of the operation. @shape `[batch, time, inputDim]` */
  toSequenceInputs(sequence: tf.Tensor3D, options?: RecurrentApplyOptions): LstmSequenceInputs;
  /** Returns the inputs of the operation besides the sequence, for `batch` sequences. */
  toOtherInputs(batch: number, options?: RecurrentApplyOptions): Omit<LstmSequenceInputs, 'input'>;
}

/** Creates the parameters and functions that `lstm` and `mLstm` share. `where` names the layer in errors. */
export function createLstmParts(where: string, options: RecurrentOptions): LstmParts {
  const { inputDim, dim, rng } = options;
  const startParameters = createStartParameters(where, options);
  const input = createProjection([inputDim, 4 * dim], dim, rng.fork('input'));
  const recurrent = createProjection([dim, 4 * dim], dim, rng.fork('recurrent'));
  const start = (batch: number) => {
    const state = expandStart(startParameters.start, batch, dim);
    return { hidden: state, cell: state };
  };
  const toOtherInputs: LstmParts['toOtherInputs'] = (batch, { mask, state } = {}) => {
    const from = state ?? start(batch);
    return {
      weight: input.weight,
      bias: tf.add(input.bias, recurrent.bias),
      recurrent: recurrent.weight,
      hidden: from.hidden,
      cell: requireCell(where, from),
      ...(mask ? { mask } : {}),
    };
  };
  return {
    input,
    recurrent,
    startParameters,
    start,
    toOtherInputs,
    toSequenceInputs: (sequence, applyOptions) => ({
      input: sequence,
      ...toOtherInputs(assertInput(where, sequence, inputDim).batch, applyOptions),
    }),
  };
}
