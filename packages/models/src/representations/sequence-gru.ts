import { gru, type RecurrentOptions } from '@footlight/layers';
import type { Representation } from '../types.js';
import { type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface SequenceGruOptions extends SequenceOptions {
  /** The state before the first item: zeros, or one learned vector for all users. Default `'zero'`. */
  readonly start?: RecurrentOptions['start'];
}

/**
 * GRU sequence model (GRU4Rec): a layer of gated recurrent units reads the history.
 *
 * $$ h_t = \text{GRU}(e_{i_t}, h_{t-1}), \quad s_{ti} = h_t \cdot e_i + b_i $$
 *
 * where $i_t$ is the item of step t, and $e_i$ and $b_i$ are the vector and the bias of item i.
 *
 * Differs from the paper: one layer; items are read and scored with the same vectors (`tied: false` separates them);
 * negatives come from the sampler, not from the batch.
 *
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer
 * @source Hidasi et al., ICLR 2016, https://arxiv.org/abs/1511.06939
 */
export function sequenceGru({ start = 'zero', ...options }: SequenceGruOptions): Representation {
  return sequenceModel({ model: 'sequence-gru', where: 'sequenceGru' }, options, { start }, (rng) => {
    const layer = gru({ inputDim: options.dim, dim: options.dim, rng, start });
    return { parameters: layer.parameters, encode: (items, mask) => layer.states('hidden', items, { mask }) };
  });
}
