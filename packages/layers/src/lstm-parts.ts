import type { LstmSequenceInputs } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import {
  assertInput,
  cellOf,
  type Projection,
  projection,
  type RecurrentApplyOptions,
  type RecurrentOptions,
  type State,
  startOf,
  startParameters,
} from './recurrent.js';

/** What every long short-term memory is made of. */
export interface LstmParts {
  readonly input: Projection;
  readonly recurrent: Projection;
  /** The learned start, if any. */
  readonly first: ReturnType<typeof startParameters>;
  start(batch: number): Required<State>;
  /** Checks a sequence. @shape `[batch, time, inputDim]` */
  inputsOf(sequence: tf.Tensor3D, options?: RecurrentApplyOptions): LstmSequenceInputs;
}

export function lstmParts(where: string, options: RecurrentOptions): LstmParts {
  const { inputDim, dim, rng } = options;
  const first = startParameters(where, options);
  const input = projection([inputDim, 4 * dim], dim, rng.fork('input'));
  const recurrent = projection([dim, 4 * dim], dim, rng.fork('recurrent'));
  const start = (batch: number) => {
    const state = startOf(first.start, batch, dim);
    return { hidden: state, cell: state };
  };
  return {
    input,
    recurrent,
    first,
    start,
    inputsOf(sequence, { mask, state } = {}) {
      const { batch } = assertInput(where, sequence, inputDim);
      const from = state ?? start(batch);
      return {
        input: sequence,
        weight: input.weight,
        bias: tf.add(input.bias, recurrent.bias),
        recurrent: recurrent.weight,
        hidden: from.hidden,
        cell: cellOf(where, from),
        ...(mask ? { mask } : {}),
      };
    },
  };
}
