import { assertChoice, assertInteger, assertNumber, invalid, omitUndefined, type Rng } from '@footlight/core';
import { tf } from '@footlight/engine';
import {
  type AttentionApplyOptions,
  dropout,
  layerNormalization,
  learnedPositions,
  relativePositions,
  transformerBlock,
} from '@footlight/layers';
import type { Representation } from '../types.js';
import { applyMask, type SequenceEncoder, type SequenceOptions, sequenceModel } from './sequence-model.js';

/** Options of `sasRec`. */
export interface SasRecOptions extends SequenceOptions {
  /** Number of transformer blocks. Default 2. */
  readonly blocks?: number;
  /** Heads of attention, a divisor of `dim`. Default 1. */
  readonly heads?: number;
  /** Dropout of the input and inside the blocks, from 0 to below 1. Default 0.2. */
  readonly dropout?: number;
  /** Dropout of the weights of attention. Default: `dropout`. */
  readonly attentionDropout?: number;
  /**
   * How steps are told apart: by a learned vector each, by turned queries and keys, by a learned number per distance
   * and head, which makes attention store numbers for each pair of steps, or not. Default `'learned'`.
   */
  readonly positions?: 'learned' | 'rotary' | 'relative' | 'none';
  /** Whether vectors are normalized before or after each part of a block. Default `'before'`. */
  readonly normalization?: 'before' | 'after';
  /** Activation of the feed-forward layers. Default `'relu'`. */
  readonly activation?: 'relu' | 'gelu' | 'swiglu';
  /** Hidden units of the feed-forward layers. Default `dim`. */
  readonly hidden?: number;
  /** Whether learned gates multiply what the parts of a block add. Default false. */
  readonly gates?: boolean;
}

/**
 * SASRec: transformer blocks with causal attention read the history; the vector of a step scores all items.
 *
 * $$ x_t = \text{dropout}(\sqrt{d} \, e_{i_t} + p_{T-t}), \quad z = \text{norm}(\text{block}_B(\dots \text{block}_1(x))), \quad s_{ti} = z_t \cdot e_i + b_i $$
 *
 * where $i_t$ is the item of step t, $e_i$ and $b_i$ are the vector and the bias of item i, d is their length, and p
 * are the learned positions, counted from the last step T. The last normalization is left out with `normalization:
 * 'after'`, whose blocks end with one.
 *
 * With `activation: 'swiglu'` and `gates: true` the blocks are those of LiGR, which eSASRec uses, with learned
 * positions and `sampledSoftmaxLoss()`. Unlike here, eSASRec does not multiply $e_{i_t}$ by $\sqrt{d}$ and has no last
 * normalization.
 *
 * Differs from the authors' code: the residual connection adds the input of a part itself, as the paper says, not the
 * normalized input.
 *
 * @example
 * sasRec({ dim: 64, history: 50, blocks: 2, heads: 2, biases: false })
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, `heads` does not divide `dim`, or a
 *   dropout is not from 0 to below 1
 * @source Kang and McAuley, ICDM 2018, https://arxiv.org/abs/1808.09781; LiGR: Borisyuk et al. 2025,
 *   https://arxiv.org/abs/2502.03417; eSASRec: Tikhonovich et al. 2025, https://arxiv.org/abs/2508.06450
 */
export function sasRec(options: SasRecOptions): Representation {
  const { blocks = 2, heads = 1, dropout: rate = 0.2, attentionDropout = rate, positions = 'learned' } = options;
  const { normalization = 'before', activation = 'relu', hidden = options.dim, gates = false } = options;
  const { dim, history, biases, itemEmbedding, tied, scorer, similarity } = options;
  assertInteger('sasRec(dim)', dim);
  assertInteger('sasRec(blocks)', blocks);
  assertInteger('sasRec(heads)', heads);
  assertInteger('sasRec(hidden)', hidden);
  assertNumber('sasRec(dropout)', rate, { from: 0, below: 1 });
  assertNumber('sasRec(attentionDropout)', attentionDropout, { from: 0, below: 1 });
  assertChoice('sasRec(positions)', positions, ['learned', 'rotary', 'relative', 'none']);
  assertChoice('sasRec(normalization)', normalization, ['before', 'after']);
  assertChoice('sasRec(activation)', activation, ['relu', 'gelu', 'swiglu']);
  if (dim % heads !== 0) invalid('sasRec(heads)', `a divisor of dim=${dim}`, `${heads}`);
  if (positions === 'rotary' && (dim / heads) % 2 !== 0)
    invalid('sasRec(positions)', "an even dim / heads for 'rotary'", `${dim / heads}`);
  const shared = { heads, dropout: rate, attentionDropout, normalization, activation, hidden, gates };
  const own = { blocks, ...shared, positions };
  const rest = omitUndefined({ dim, history, biases, itemEmbedding, tied, scorer, similarity });

  const createEncoder = (rng: Rng): SequenceEncoder => {
    const position =
      positions === 'learned' ? learnedPositions({ count: history, dim, rng: rng.fork('position') }) : undefined;
    const relative =
      positions === 'relative' ? relativePositions({ count: history, heads, rng: rng.fork('relative') }) : undefined;
    const stack = Array.from({ length: blocks }, (_, at) =>
      transformerBlock({ dim, ...shared, rotary: positions === 'rotary', rng: rng.fork(`block/${at}`) }),
    );
    const last = normalization === 'before' ? layerNormalization({ dim }) : undefined;
    const drop = dropout({ rate });
    /** Blocks and the last normalization. */
    const read = <Steps extends tf.Tensor3D | tf.Tensor2D>(placed: Steps, options: AttentionApplyOptions): Steps => {
      const input = drop.apply(placed, options.training) as Steps;
      const output = stack.reduce((steps, block) => block.apply(steps, options), input);
      return (last ? last.apply(output) : output) as Steps;
    };
    return {
      parameters: {
        ...(position && { position: position.parameters }),
        ...(relative && { relative: relative.parameters }),
        ...Object.fromEntries(stack.map(({ parameters }, at) => [`block${at}`, parameters])),
        ...(last && { normalization: last.parameters }),
      },
      encode: (items, mask, training) => {
        const scaled = tf.mul<tf.Tensor3D>(applyMask(items, mask), Math.sqrt(dim)); // no step reads padding
        const placed = (position ? position.apply(scaled) : scaled) as tf.Tensor3D;
        return read(placed, { mask, ...omitUndefined({ bias: relative?.apply(mask.shape[1]), training }) });
      },
      encodeSteps: (items, layout, training) => {
        const scaled = tf.mul<tf.Tensor2D>(items, Math.sqrt(dim));
        const placed = position ? position.applySteps(scaled, layout) : scaled;
        return read(placed, { layout, ...omitUndefined({ bias: relative?.apply(layout.time), training }) });
      },
    };
  };
  return sequenceModel({ model: 'sas-rec', where: 'sasRec' }, rest, own, createEncoder);
}
