import { assertChoice, assertInteger, assertNumber, invalid, omitUndefined, type Rng } from '@footlight/core';
import { findRealSteps, gatherSteps, scatterSteps, tf } from '@footlight/engine';
import {
  dense,
  drawVariable,
  dropout,
  fanInUniform,
  gelu,
  layerNormalization,
  learnedPositions,
  normal,
  transformerBlock,
} from '@footlight/layers';
import type { Representation } from '../types.js';
import { hideItems } from './hide-items.js';
import { applyMask, type SequenceEncoder, type SequenceOptions, sequenceModel } from './sequence-model.js';

/** Options of `bert4Rec`. */
export interface Bert4RecOptions extends SequenceOptions {
  /** Number of transformer blocks. Default 2. */
  readonly blocks?: number;
  /** Heads of attention, a divisor of `dim`. Default 1; the authors have 2. */
  readonly heads?: number;
  /** Dropout of the input and inside the blocks, from 0 to below 1. Default 0.2. */
  readonly dropout?: number;
  /** Dropout of the weights of attention. Default: `dropout`. */
  readonly attentionDropout?: number;
  /** Hidden units of the feed-forward layers. Default 4 · dim. */
  readonly hidden?: number;
  /** Activation of the feed-forward layers. Default `'gelu'`. */
  readonly activation?: 'relu' | 'gelu' | 'swiglu';
  /** Share of the items of a window that are hidden while training, above 0 and to 1; at least one is. Default 0.2. */
  readonly hiddenShare?: number;
  /** Share of the windows whose last item alone is hidden, as in prediction, from 0 to 1. Default 0.1. */
  readonly lastOnlyShare?: number;
}

/**
 * BERT4Rec: transformer blocks that read the history in both directions, trained to restore hidden items (cloze).
 *
 * $$ x_t = \text{dropout}(\text{norm}(m_t + p_{T-t})), \quad z = \text{block}_B(\dots \text{block}_1(x)), \quad s_{ti} = \text{norm}(\text{gelu}(z_t W + b)) \cdot e_i + b_i $$
 *
 * where $m_t$ is the vector $e_{i_t}$ of the item of step t, or the learned vector of hidden items if the item is
 * hidden, p are the learned positions, counted from the last step T, and $b_i$ is the bias of item i. Blocks normalize
 * after each part, as BERT does.
 *
 * While training, `hiddenShare` of the items of each window are hidden, rounded, at least one; the loss compares the
 * scores at their steps. Of `lastOnlyShare` of the windows the last item alone is hidden. To answer a history, a hidden
 * item is appended to it: the model has `history` + 1 positions.
 *
 * Differs from the authors' code: windows get new hidden items in every epoch, not ten fixed sets; positions count from
 * the end.
 *
 * @example
 * bert4Rec({ dim: 64, history: 50, heads: 4, hiddenShare: 0.4 })
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, `heads` does not divide `dim`, or a
 *   dropout or share is out of range
 * @source Sun et al., CIKM 2019, https://arxiv.org/abs/1904.06690; https://github.com/FeiSun/BERT4Rec
 */
export function bert4Rec(options: Bert4RecOptions): Representation {
  const { blocks = 2, heads = 1, dropout: rate = 0.2, attentionDropout = rate, hidden = 4 * options.dim } = options;
  const { activation = 'gelu', hiddenShare = 0.2, lastOnlyShare = 0.1 } = options;
  const { dim, history, biases, itemEmbedding, tied, scorer, similarity } = options;
  assertInteger('bert4Rec(dim)', dim);
  assertInteger('bert4Rec(history)', history);
  assertInteger('bert4Rec(blocks)', blocks);
  assertInteger('bert4Rec(heads)', heads);
  assertInteger('bert4Rec(hidden)', hidden);
  assertNumber('bert4Rec(dropout)', rate, { from: 0, below: 1 });
  assertNumber('bert4Rec(attentionDropout)', attentionDropout, { from: 0, below: 1 });
  assertNumber('bert4Rec(hiddenShare)', hiddenShare, { above: 0, to: 1 });
  assertNumber('bert4Rec(lastOnlyShare)', lastOnlyShare, { from: 0, to: 1 });
  assertChoice('bert4Rec(activation)', activation, ['relu', 'gelu', 'swiglu']);
  if (dim % heads !== 0) invalid('bert4Rec(heads)', `a divisor of dim=${dim}`, `${heads}`);
  const shared = { heads, dropout: rate, attentionDropout, activation, hidden };
  const own = { blocks, ...shared, hiddenShare, lastOnlyShare };
  const rest = omitUndefined({ dim, history, biases, itemEmbedding, tied, scorer, similarity });

  const createEncoder = (rng: Rng): SequenceEncoder => {
    const hiddenItem = drawVariable<tf.Rank.R1>([dim], normal({ deviation: 1 / dim }), rng.fork('hiddenItem'));
    const position = learnedPositions({ count: history + 1, dim, rng: rng.fork('position') });
    const stack = Array.from({ length: blocks }, (_, at) =>
      transformerBlock({ dim, ...shared, causal: false, normalization: 'after', rng: rng.fork(`block/${at}`) }),
    );
    const transform = dense({
      ...{ inputDim: dim, dim, activation: gelu, rng: rng.fork('transform') },
      weightInitializer: fanInUniform(),
    });
    const [first, last] = [layerNormalization({ dim }), layerNormalization({ dim })];
    const drop = dropout({ rate });
    return {
      parameters: {
        hiddenItem,
        position: position.parameters,
        normalization: first.parameters,
        ...Object.fromEntries(stack.map(({ parameters }, at) => [`block${at}`, parameters])),
        transform: transform.parameters,
        transformNormalization: last.parameters,
      },
      hideSteps: (mask, time, source) => hideItems(mask, time, { hiddenShare, lastOnlyShare }, source),
      encode: (items, mask, training, hiddenSteps) => {
        const shown = applyMask(items, mask); // no step reads the items of padding
        const steps = hiddenSteps ? replaceSteps(shown, hiddenSteps, hiddenItem) : appendStep(shown, hiddenItem);
        const real = hiddenSteps ? mask : tf.concat([mask, tf.ones<tf.Rank.R2>([mask.shape[0], 1])], 1);
        const layout = findRealSteps(real); // padding costs nothing from here on
        const placed = first.apply(position.apply(steps)) as tf.Tensor3D;
        const input = drop.apply(layout ? gatherSteps(placed, layout) : placed, training) as tf.Tensor3D | tf.Tensor2D;
        const where = { ...(layout ? { layout } : { mask: real }), ...(training && { training }) };
        const read = stack.reduce((vectors, block) => block.apply(vectors, where), input);
        const output = layout ? scatterSteps(read as tf.Tensor2D, layout) : (read as tf.Tensor3D);
        const [batch, time] = output.shape;
        const requested = hiddenSteps ? output : tf.slice(output, [0, time - 1, 0], [batch, 1, dim]);
        return last.apply(transform.apply(requested)) as tf.Tensor3D;
      },
    };
  };
  return sequenceModel({ model: 'bert4-rec', where: 'bert4Rec' }, rest, own, createEncoder);
}

/** Puts a vector in place of the vectors of some steps. @shape `[batch, time, dim]`, `[batch, time]`, `[dim]` */
function replaceSteps(steps: tf.Tensor3D, replaced: tf.Tensor2D, vector: tf.Tensor): tf.Tensor3D {
  const where = tf.expandDims(replaced, 2); // [batch, time, 1]
  return tf.add(tf.mul(steps, tf.sub(1, where)), tf.mul(where, vector));
}

/** Appends a vector as the last step. @shape `[batch, time, dim]`, `[dim]` → `[batch, time + 1, dim]` */
function appendStep(steps: tf.Tensor3D, vector: tf.Tensor): tf.Tensor3D {
  const [batch, , dim] = steps.shape;
  return tf.concat([steps, tf.tile(tf.reshape(vector, [1, 1, dim]), [batch, 1, 1]) as tf.Tensor3D], 1);
}
