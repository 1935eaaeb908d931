import { gru, type RecurrentOptions } from '@footlight/layers';
import type { Representation } from '../types.js';
import { type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface SequenceGruOptions extends SequenceOptions {
  /** What is known before the first item: nothing, or one learned vector for everybody. Default `'zero'`. */
  readonly start?: RecurrentOptions['start'];
}

/**
 * Gated recurrent units read the history, as GRU4Rec reads sessions.
 *
 * $$ h_t = \text{GRU}(e_{i_t}, h_{t-1}), \quad s_{ti} = h_t \cdot e_i + b_i $$
 *
 * Differs from the paper: one layer, items in and out share their vectors (`tied: false` parts them), and negatives come from the sampler, not from the batch.
 *
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer
 * @source Hidasi et al., ICLR 2016, https://arxiv.org/abs/1511.06939
 */
export function sequenceGru({ start = 'zero', ...options }: SequenceGruOptions): Representation {
  return sequenceModel({ model: 'sequence-gru', where: 'sequenceGru' }, options, { start }, (rng) => {
    const layer = gru({ inputDim: options.dim, dim: options.dim, rng, start });
    return { parameters: layer.parameters, encode: (items, mask) => layer.states('hidden', items, { mask }) };
  });
}
