import { lstm, type RecurrentOptions } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { Representation } from '../types.js';
import { applyMask, type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface SequenceLstmOptions extends SequenceOptions {
  /** What items are scored with: the hidden states, within ±1, or the cell states, without bounds. Default `'hidden'`. */
  readonly states?: 'hidden' | 'cell';
  /** What is known before the first item: nothing, or one learned vector for everybody. Default `'zero'`. */
  readonly start?: RecurrentOptions['start'];
  /** An item of zeros is read before the first one, so that the biases move the state once (Spotlight, netrex). Default: reading begins with the first item. */
  readonly faithful?: 'reads-nothing';
}

/**
 * Long short-term memory reads the history; its state after a step is scored against all items.
 *
 * $$ (h_t, c_t) = \text{LSTM}(e_{i_t}, h_{t-1}, c_{t-1}), \quad s_{ti} = h_t \cdot e_i + b_i $$
 *
 * with c in place of h for `states: 'cell'`. Differs from Spotlight: padding is skipped, not read as zeros; `reads-nothing` reads one step of it.
 *
 * @example
 * sequenceLstm({ dim: 64, history: 99 })
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer
 * @source Spotlight, `LSTMNet`, https://github.com/maciejkula/spotlight
 */
export function sequenceLstm({
  states = 'hidden',
  start = 'zero',
  faithful,
  ...options
}: SequenceLstmOptions): Representation {
  const own = { states, start, ...(faithful ? { faithful } : {}) };
  return sequenceModel({ model: 'sequence-lstm', where: 'sequenceLstm' }, options, own, (rng) => {
    const layer = lstm({ inputDim: options.dim, dim: options.dim, rng, start });
    const read = (items: tf.Tensor3D, mask: tf.Tensor2D) => layer.states(states, items, { mask });
    return { parameters: layer.parameters, encode: faithful ? prependZeroStep(read) : read };
  });
}

type Read = (items: tf.Tensor3D, mask: tf.Tensor2D) => tf.Tensor3D;

/** The step before the first item counts as one; where there is no padding for it, there is after this. */
function prependZeroStep(read: Read): Read {
  return (items, mask) => {
    const [batch, time, dim] = items.shape;
    const longer = tf.concat([tf.zeros([batch, 1, dim]), applyMask(items, mask)], 1) as tf.Tensor3D; // [batch, 1 + time, dim]
    const begun = tf.concat([mask, tf.ones([batch, 1])], 1) as tf.Tensor2D; // everybody one step earlier
    return tf.slice(read(longer, begun), [0, 1, 0], [batch, time, dim]);
  };
}
