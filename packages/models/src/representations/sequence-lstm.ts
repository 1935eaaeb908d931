import { lstm, type RecurrentOptions } from '@footlight/layers';
import type { Representation } from '../types.js';
import { type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface SequenceLstmOptions extends SequenceOptions {
  /** What items are scored with: the hidden states, within ±1, or the cell states, without bounds. Default `'hidden'`. */
  readonly states?: 'hidden' | 'cell';
  /** What is known before the first item: nothing, or one learned vector for everybody. Default `'zero'`. */
  readonly start?: RecurrentOptions['start'];
}

/**
 * Long short-term memory reads the history; its state after a step is scored against all items.
 *
 * $$ (h_t, c_t) = \text{LSTM}(e_{i_t}, h_{t-1}, c_{t-1}), \quad s_{ti} = h_t \cdot e_i + b_i $$
 *
 * with c in place of h for `states: 'cell'`. Differs from Spotlight: padding is skipped, not read as zeros.
 *
 * @example
 * sequenceLstm({ dim: 64, history: 99 })
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer
 * @source Spotlight, `LSTMNet`, https://github.com/maciejkula/spotlight
 */
export function sequenceLstm({ states = 'hidden', start = 'zero', ...options }: SequenceLstmOptions): Representation {
  return sequenceModel({ model: 'sequence-lstm', where: 'sequenceLstm' }, options, { states, start }, (rng) => {
    const layer = lstm({ inputDim: options.dim, dim: options.dim, rng, start });
    return { parameters: layer.parameters, read: (items, mask) => layer.apply(items, { mask })[states] };
  });
}
