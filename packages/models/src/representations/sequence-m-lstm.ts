import { mLstm, type RecurrentOptions } from '@footlight/layers';
import type { Representation } from '../types.js';
import { type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface SequenceMLstmOptions extends SequenceOptions {
  /**
   * The states that score items: hidden states, within ±1, or cell states, without bounds (mlstm4reco). Default
   * `'hidden'`.
   */
  readonly states?: 'hidden' | 'cell';
  /** The state before the first item: zeros, or one learned vector for all users. Default `'zero'`. */
  readonly start?: RecurrentOptions['start'];
}

/**
 * Multiplicative LSTM sequence model: an mLSTM reads the history, with a transition between states for each item.
 *
 * $$ (h_t, c_t) = \text{mLSTM}(e_{i_t}, h_{t-1}, c_{t-1}), \quad s_{ti} = h_t \cdot e_i + b_i $$
 *
 * where $i_t$ is the item of step t, and $e_i$ and $b_i$ are the vector and the bias of item i; `states: 'cell'` scores
 * with $c_t$ instead of $h_t$. mlstm4reco scores with cell states and learns the start:
 * `{ states: 'cell', start: 'learned' }`.
 *
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer
 * @source Florian Wilhelm, "Multiplicative LSTM for sequence-based recommenders", 2018,
 *   https://github.com/FlorianWilhelm/mlstm4reco
 */
export function sequenceMLstm({ states = 'hidden', start = 'zero', ...options }: SequenceMLstmOptions): Representation {
  return sequenceModel({ model: 'sequence-m-lstm', where: 'sequenceMLstm' }, options, { states, start }, (rng) => {
    const layer = mLstm({ inputDim: options.dim, dim: options.dim, rng, start });
    return { parameters: layer.parameters, encode: (items, mask) => layer.states(states, items, { mask }) };
  });
}
