import { omitUndefined } from '@footlight/core';
import { tf } from '@footlight/engine';
import { lstm, type RecurrentOptions } from '@footlight/layers';
import type { Representation } from '../types.js';
import { applyMask, type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface SequenceLstmOptions extends SequenceOptions {
  /** The states that score items: hidden states, within ±1, or cell states, without bounds. Default `'hidden'`. */
  readonly states?: 'hidden' | 'cell';
  /** The state before the first item: zeros, or one learned vector for all users. Default `'zero'`. */
  readonly start?: RecurrentOptions['start'];
  /**
   * `reads-nothing`: a vector of zeros is read before the first item, so that the biases change the state once
   * (Spotlight, netrex). Default: the first item is read first.
   */
  readonly faithful?: 'reads-nothing';
}

/**
 * LSTM sequence model: a layer of long short-term memory reads the history; its state after a step scores all items.
 *
 * $$ (h_t, c_t) = \text{LSTM}(e_{i_t}, h_{t-1}, c_{t-1}), \quad s_{ti} = h_t \cdot e_i + b_i $$
 *
 * where $i_t$ is the item of step t, and $e_i$ and $b_i$ are the vector and the bias of item i; `states: 'cell'` scores
 * with $c_t$ instead of $h_t$.
 *
 * Differs from Spotlight: padding is skipped, not read as zeros; `reads-nothing` reads one step of padding.
 *
 * @example
 * sequenceLstm({ dim: 64, history: 99 })
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer
 * @source Spotlight, `LSTMNet`, https://github.com/maciejkula/spotlight
 */
export function sequenceLstm({
  states = 'hidden',
  start = 'zero',
  faithful,
  ...options
}: SequenceLstmOptions): Representation {
  const own = { states, start, ...omitUndefined({ faithful }) };
  return sequenceModel({ model: 'sequence-lstm', where: 'sequenceLstm' }, options, own, (rng) => {
    const layer = lstm({ inputDim: options.dim, dim: options.dim, rng, start });
    const encode: Encode = (items, mask) => layer.states(states, items, { mask });
    if (faithful) return { parameters: layer.parameters, encode: prependZeroStep(encode) };
    return {
      parameters: layer.parameters,
      encode,
      encodeRows: (rows, index, mask) => layer.statesOfRows(states, rows, index, { mask }),
    };
  });
}

type Encode = (items: tf.Tensor3D, mask: tf.Tensor2D) => tf.Tensor3D;

/** Makes the step before the first item a real step that reads zeros; one step is added for it in front. */
function prependZeroStep(encode: Encode): Encode {
  return (items, mask) => {
    const [batch, time, dim] = items.shape;
    // [batch, 1 + time, dim]
    const longer = tf.concat([tf.zeros([batch, 1, dim]), applyMask(items, mask)], 1) as tf.Tensor3D;
    const shifted = tf.concat([mask, tf.ones([batch, 1])], 1) as tf.Tensor2D; // real from one step earlier on
    return tf.slice(encode(longer, shifted), [0, 1, 0], [batch, time, dim]);
  };
}
