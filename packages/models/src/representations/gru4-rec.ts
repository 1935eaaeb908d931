import { assertInteger, assertNumber, omitUndefined, type Rng } from '@footlight/core';
import type { tf } from '@footlight/engine';
import { dense, dropout, gru } from '@footlight/layers';
import type { Representation } from '../types.js';
import { type SequenceEncoder, type SequenceOptions, sequenceModel } from './sequence-model.js';

/** Options of `gru4Rec`. */
export interface Gru4RecOptions extends SequenceOptions {
  /** Units of each layer. Default `dim`; with another number, states are projected to vectors of length `dim`. */
  readonly hidden?: number;
  /** Number of layers of gated recurrent units. Default 1. */
  readonly layers?: number;
  /** Dropout of the vectors of the items that are read, from 0 to below 1. Default 0. */
  readonly embeddingDropout?: number;
  /** Dropout of the states that a layer returns, from 0 to below 1. Default 0. */
  readonly hiddenDropout?: number;
}

/**
 * GRU4Rec: layers of gated recurrent units read the history, with dropout; items are read and scored with the same
 * vectors ("constrained embedding").
 *
 * $$ h^0_t = \text{dropout}(e_{i_t}), \quad h^l_t = \text{dropout}(\text{GRU}_l(h^{l-1}_t)), \quad s_{ti} = (h^L_t W + b) \cdot e_i + b_i $$
 *
 * where $i_t$ is the item of step t, $e_i$ and $b_i$ are the vector and the bias of item i. W and b are left out if
 * `hidden` equals `dim`.
 *
 * Its authors train it with `bprMaxLoss()` or `sampledSoftmaxLoss({ correction: 'log-q' })`, many negatives, drawn by
 * popularity to a power, and `adagrad`. `sequenceGru` is the same with one layer and without dropout.
 *
 * Differs from the authors' code: histories of a batch are padded, not joined end to end.
 *
 * @example
 * gru4Rec({ dim: 64, hidden: 128, history: 50, embeddingDropout: 0.1 })
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, or a dropout is not from 0 to below 1
 * @source Hidasi and Karatzoglou, CIKM 2018, https://arxiv.org/abs/1706.03847; https://github.com/hidasib/GRU4Rec
 */
export function gru4Rec(options: Gru4RecOptions): Representation {
  const { dim, hidden = dim, layers = 1, embeddingDropout = 0, hiddenDropout = 0 } = options;
  const { history, biases, itemEmbedding, tied, scorer, similarity } = options;
  assertInteger('gru4Rec(dim)', dim);
  assertInteger('gru4Rec(hidden)', hidden);
  assertInteger('gru4Rec(layers)', layers);
  assertNumber('gru4Rec(embeddingDropout)', embeddingDropout, { from: 0, below: 1 });
  assertNumber('gru4Rec(hiddenDropout)', hiddenDropout, { from: 0, below: 1 });
  const own = { hidden, layers, embeddingDropout, hiddenDropout };
  const rest = omitUndefined({ dim, history, biases, itemEmbedding, tied, scorer, similarity });

  const createEncoder = (rng: Rng): SequenceEncoder => {
    const stack = Array.from({ length: layers }, (_, at) =>
      gru({ inputDim: at === 0 ? dim : hidden, dim: hidden, rng: rng.fork(`gru/${at}`) }),
    );
    const projection = hidden === dim ? undefined : dense({ inputDim: hidden, dim, rng: rng.fork('projection') });
    const [dropItems, dropStates] = [dropout({ rate: embeddingDropout }), dropout({ rate: hiddenDropout })];
    return {
      parameters: {
        ...Object.fromEntries(stack.map(({ parameters }, at) => [`gru${at}`, parameters])),
        ...(projection && { projection: projection.parameters }),
      },
      encode: (items, mask, training) => {
        const states = stack.reduce(
          (read, layer) => dropStates.apply(layer.states('hidden', read, { mask }), training) as tf.Tensor3D,
          dropItems.apply(items, training) as tf.Tensor3D,
        );
        return projection ? (projection.apply(states) as tf.Tensor3D) : states;
      },
    };
  };
  return sequenceModel({ model: 'gru4-rec', where: 'gru4Rec' }, rest, own, createEncoder);
}
