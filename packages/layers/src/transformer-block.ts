import { assertChoice, assertNumber, omitUndefined } from '@footlight/core';
import { tf } from '@footlight/engine';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { type FeedForwardOptions, feedForward } from './feed-forward.js';
import { layerNormalization } from './layer-normalization.js';
import { type MultiHeadAttention, type MultiHeadAttentionOptions, multiHeadAttention } from './multi-head-attention.js';
import type { Training } from './types.js';

/** Options of `transformerBlock`. */
export interface TransformerBlockOptions
  extends Omit<MultiHeadAttentionOptions, 'bias' | 'dropout'>,
    Pick<FeedForwardOptions, 'hidden' | 'activation'> {
  /**
   * Where vectors are normalized: `'before'` attention and feed-forward layer, which trains deep stacks more stably, or
   * `'after'` the addition, as in the first transformer. Default `'before'`.
   */
  readonly normalization?: 'before' | 'after';
  /** Whether what is added is first multiplied by a learned gate, a sigmoid of the input. Default false. */
  readonly gates?: boolean;
  /** Dropout of what attention and feed-forward layer add, and of hidden units, from 0 to below 1. Default 0. */
  readonly dropout?: number;
  /** Dropout of the weights of attention. Default: `dropout`. */
  readonly attentionDropout?: number;
}

/**
 * Transformer block: attention, then a feed-forward layer, each added to its input.
 *
 * $$ y = x + \text{attention}(\text{norm}(x)), \quad z = y + \text{feedForward}(\text{norm}(y)) $$
 *
 * for `normalization: 'before'`, and for `'after'`
 *
 * $$ y = \text{norm}(x + \text{attention}(x)), \quad z = \text{norm}(y + \text{feedForward}(y)) $$
 *
 * With `gates`, what is added is multiplied elementwise by $\sigma(v W_g + b_g)$, where v is what it is added to: x and
 * y. With `normalization: 'before'` this is the block of LiGR.
 *
 * @example
 * transformerBlock({ dim: 64, heads: 2, rng }).apply(steps, { mask }) // [batch, time, 64] → [batch, time, 64]
 * @shape `[batch, time, dim]` or, without padding, `[step, dim]` → the same
 * @throws {RecsysError} `invalid-argument` if an option of its layers is invalid
 * @source Vaswani et al. 2017, https://arxiv.org/abs/1706.03762; normalization before: Xiong et al. 2020,
 *   https://arxiv.org/abs/2002.04745; gates: Borisyuk et al. 2025, https://arxiv.org/abs/2502.03417
 */
export function transformerBlock(options: TransformerBlockOptions): MultiHeadAttention {
  const { dim, rng, normalization = 'before', gates = false, dropout: rate = 0, attentionDropout = rate } = options;
  const { hidden, activation, ...own } = options;
  assertNumber('transformerBlock(dropout)', rate, { from: 0, below: 1 });
  assertNumber('transformerBlock(attentionDropout)', attentionDropout, { from: 0, below: 1 });
  assertChoice('transformerBlock(normalization)', normalization, ['before', 'after']);
  const attention = multiHeadAttention({ ...own, dropout: attentionDropout, rng: rng.fork('attention') });
  const perceptron = feedForward({
    ...{ dim, dropout: rate, rng: rng.fork('feedForward') },
    ...(hidden !== undefined && { hidden }),
    ...(activation && { activation }),
  });
  const drop = dropout({ rate });
  const [attentionNormalization, feedForwardNormalization] = [layerNormalization({ dim }), layerNormalization({ dim })];
  const createGate = (label: string) =>
    gates ? dense({ inputDim: dim, dim, rng: rng.fork(label), activation: tf.sigmoid }) : undefined;
  const [attentionGate, feedForwardGate] = [createGate('attentionGate'), createGate('feedForwardGate')];

  /** Adds what a layer computes to its input, normalized before or after. */
  const add = (
    input: tf.Tensor,
    norm: typeof attentionNormalization,
    gate: typeof attentionGate,
    compute: (read: tf.Tensor) => tf.Tensor,
    training: Training | undefined,
  ): tf.Tensor => {
    const read = normalization === 'before' ? norm.apply(input) : input;
    const computed = drop.apply(compute(read), training);
    const sum = tf.add(input, gate ? tf.mul(gate.apply(input), computed) : computed);
    return normalization === 'before' ? sum : norm.apply(sum);
  };
  return {
    parameters: {
      attention: attention.parameters,
      feedForward: perceptron.parameters,
      attentionNormalization: attentionNormalization.parameters,
      feedForwardNormalization: feedForwardNormalization.parameters,
      ...(attentionGate ? { attentionGate: attentionGate.parameters } : {}),
      ...(feedForwardGate ? { feedForwardGate: feedForwardGate.parameters } : {}),
    },
    apply: (input, { mask, layout, bias, training } = {}) =>
      tf.tidy(() => {
        const attend = (read: tf.Tensor) =>
          attention.apply(read as typeof input, omitUndefined({ mask, layout, bias, training }));
        const attended = add(input, attentionNormalization, attentionGate, attend, training);
        const read = (vectors: tf.Tensor) => perceptron.apply(vectors, training);
        return add(attended, feedForwardNormalization, feedForwardGate, read, training) as typeof input;
      }),
  };
}
