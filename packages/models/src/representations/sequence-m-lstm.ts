import { mLstm, type RecurrentOptions } from '@footlight/layers';
import type { Representation } from '../types.js';
import { type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface SequenceMLstmOptions extends SequenceOptions {
  /** What items are scored with: the hidden states, within ±1, or the cell states, without bounds (as mlstm4reco). Default `'hidden'`. */
  readonly states?: 'hidden' | 'cell';
  /** What is known before the first item: nothing, or one learned vector for everybody. Default `'zero'`. */
  readonly start?: RecurrentOptions['start'];
}

/**
 * Multiplicative long short-term memory reads the history: each item has its own transition from state to state.
 *
 * $$ (h_t, c_t) = \text{mLSTM}(e_{i_t}, h_{t-1}, c_{t-1}), \quad s_{ti} = h_t \cdot e_i + b_i $$
 *
 * with c in place of h for `states: 'cell'`. mlstm4reco scores cell states and learns the start: `{ states: 'cell', start: 'learned' }`.
 *
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer
 * @source Florian Wilhelm, "Multiplicative LSTM for sequence-based recommenders", 2018, https://github.com/FlorianWilhelm/mlstm4reco
 */
export function sequenceMLstm({ states = 'hidden', start = 'zero', ...options }: SequenceMLstmOptions): Representation {
  return sequenceModel({ model: 'sequence-m-lstm', where: 'sequenceMLstm' }, options, { states, start }, (rng) => {
    const layer = mLstm({ inputDim: options.dim, dim: options.dim, rng, start });
    return { parameters: layer.parameters, encode: (items, mask) => layer.states(states, items, { mask }) };
  });
}
