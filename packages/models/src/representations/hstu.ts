import { assertChoice, assertInteger, assertNumber, invalid, omitUndefined, type Rng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { type AttentionApplyOptions, dropout, hstuBlock, learnedPositions } from '@footlight/layers';
import type { Representation } from '../types.js';
import { applyMask, type SequenceEncoder, type SequenceOptions, sequenceModel } from './sequence-model.js';

/** Options of `hstu`. */
export interface HstuOptions extends SequenceOptions {
  /** Number of blocks. Default 2. */
  readonly blocks?: number;
  /** Heads of attention. Default 1. */
  readonly heads?: number;
  /** Length of the queries and keys of a head. Default `dim / heads`. */
  readonly queryDim?: number;
  /** Length of the values and gates of a head. Default `dim / heads`. */
  readonly valueDim?: number;
  /** Dropout of the input of the first block, from 0 to below 1. Default 0.2. */
  readonly embeddingDropout?: number;
  /** Dropout of what the last projection of a block reads, from 0 to below 1. Default 0.2. */
  readonly dropout?: number;
  /** Whether a learned vector per position is added to the input; distances are learned anyway. Default `'learned'`. */
  readonly positions?: 'learned' | 'none';
}

/**
 * HSTU: blocks of pointwise aggregated attention, without softmax, read the history; the vector of a step scores all
 * items.
 *
 * $$ x_t = \text{dropout}(\sqrt{d} \, e_{i_t} + p_{T-t}), \quad z = \text{block}_B(\dots \text{block}_1(x)), \quad s_{ti} = z_t \cdot e_i + b_i $$
 *
 * where $i_t$ is the item of step t, $e_i$ and $b_i$ are the vector and the bias of item i, d is their length, p are
 * the learned positions, counted from the last step T, and the blocks are those of `hstuBlock`, each with its own
 * relative positions. The authors score by cosines, `similarity: 'cosine'`, and train with `infoNceLoss()`.
 *
 * Differs from the authors' code: attention depends on the distance of two steps, not on the time between them, since
 * histories have no times; padding is left out of attention.
 *
 * @example
 * hstu({ dim: 64, history: 50, blocks: 4, heads: 2, queryDim: 4, valueDim: 4, similarity: 'cosine', biases: false })
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, a length of the heads is missing though
 *   `heads` does not divide `dim`, or a dropout is not from 0 to below 1
 * @source Zhai et al., ICML 2024, https://arxiv.org/abs/2402.17152
 */
export function hstu(options: HstuOptions): Representation {
  const { blocks = 2, heads = 1, queryDim = options.dim / heads, valueDim = options.dim / heads } = options;
  const { embeddingDropout = 0.2, dropout: rate = 0.2, positions = 'learned' } = options;
  const { dim, history, biases, itemEmbedding, tied, scorer, similarity } = options;
  assertInteger('hstu(dim)', dim);
  assertInteger('hstu(history)', history);
  assertInteger('hstu(blocks)', blocks);
  assertInteger('hstu(heads)', heads);
  if ((options.queryDim === undefined || options.valueDim === undefined) && dim % heads !== 0)
    invalid('hstu(heads)', `a divisor of dim=${dim}`, `${heads}`, 'Or give queryDim and valueDim.');
  assertInteger('hstu(queryDim)', queryDim);
  assertInteger('hstu(valueDim)', valueDim);
  assertNumber('hstu(embeddingDropout)', embeddingDropout, { from: 0, below: 1 });
  assertNumber('hstu(dropout)', rate, { from: 0, below: 1 });
  assertChoice('hstu(positions)', positions, ['learned', 'none']);
  const shared = { heads, queryDim, valueDim, dropout: rate };
  const own = { blocks, ...shared, embeddingDropout, positions };
  const rest = omitUndefined({ dim, history, biases, itemEmbedding, tied, scorer, similarity });

  const createEncoder = (rng: Rng): SequenceEncoder => {
    const position =
      positions === 'learned' ? learnedPositions({ count: history, dim, rng: rng.fork('position') }) : undefined;
    const stack = Array.from({ length: blocks }, (_, at) =>
      hstuBlock({ dim, count: history, ...shared, rng: rng.fork(`block/${at}`) }),
    );
    const drop = dropout({ rate: embeddingDropout });
    const read = <Steps extends tf.Tensor3D | tf.Tensor2D>(placed: Steps, options: AttentionApplyOptions): Steps =>
      stack.reduce((steps, block) => block.apply(steps, options), drop.apply(placed, options.training) as Steps);
    return {
      parameters: {
        ...(position && { position: position.parameters }),
        ...Object.fromEntries(stack.map(({ parameters }, at) => [`block${at}`, parameters])),
      },
      encode: (items, mask, training) => {
        const scaled = tf.mul<tf.Tensor3D>(applyMask(items, mask), Math.sqrt(dim)); // no step reads padding
        const placed = (position ? position.apply(scaled) : scaled) as tf.Tensor3D;
        return read(placed, { mask, ...omitUndefined({ training }) });
      },
      encodeSteps: (items, layout, training) => {
        const scaled = tf.mul<tf.Tensor2D>(items, Math.sqrt(dim));
        const placed = position ? position.applySteps(scaled, layout) : scaled;
        return read(placed, { layout, ...omitUndefined({ training }) });
      },
    };
  };
  return sequenceModel({ model: 'hstu', where: 'hstu' }, rest, own, createEncoder);
}
