import { assertInteger, assertNumber, invalid, type Rng } from '@footlight/core';
import { createMask, gatherSteps, scatterSteps, tf } from '@footlight/engine';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { swish } from './feed-forward.js';
import { fanInUniform } from './initializers.js';
import { layerNormalization } from './layer-normalization.js';
import { assertSteps, type MultiHeadAttention } from './multi-head-attention.js';
import { pointwiseAttention } from './pointwise-attention.js';
import { relativePositions } from './relative-biases.js';

/** Options of `hstuBlock`. */
export interface HstuBlockOptions {
  /** Length of an input vector and of an output vector. */
  readonly dim: number;
  /** The largest number of steps, which the weights of attention are divided by. */
  readonly count: number;
  /** Number of heads. Default 1. */
  readonly heads?: number;
  /** Length of the queries and keys of a head. Default `dim / heads`. */
  readonly queryDim?: number;
  /** Length of the values and gates of a head. Default `dim / heads`. */
  readonly valueDim?: number;
  /** Dropout of what the last projection reads, from 0 to below 1. Default 0. */
  readonly dropout?: number;
  /** Source of the first values. */
  readonly rng: Rng;
}

/**
 * HSTU block: pointwise aggregated attention whose output is normalized, multiplied by gates and added to the input.
 * One projection takes the place of those of attention and of the feed-forward layer.
 *
 * $$ [U; V; Q; K] = \text{silu}(\text{norm}(x) W), \quad y = x + D\big(\text{norm}(A V) \odot U\big) W_O + b_O, \quad A_{tj} = \frac{1}{n} \text{silu}(q_t \cdot k_j + w_{t - j}) $$
 *
 * for steps j ≤ t, each head by itself in A. w are the learned relative positions, the same for all heads; a bias that
 * is passed to `apply`, such as that of `relativeTimes`, is added to them. n is `count`, D is dropout while training,
 * and both norms are layer normalizations with ε = 1e−6. Weights start within ±1/√inputs, $b_O$ at 0.
 *
 * Attention is computed in padded batches: it stores numbers for each pair of steps of a window.
 *
 * @example
 * hstuBlock({ dim: 64, count: 50, heads: 2, queryDim: 4, valueDim: 4, rng }).apply(steps, { mask })
 * @shape `[batch, time, dim]` or, without padding, `[step, dim]` → the same
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, a length is missing though `heads`
 *   does not divide `dim`, `dropout` is not from 0 to below 1, shapes disagree, or there are more than `count` steps
 * @source Zhai et al., ICML 2024, https://arxiv.org/abs/2402.17152, eqs. 1–3
 */
export function hstuBlock(options: HstuBlockOptions): MultiHeadAttention {
  const { dim, count, heads = 1, dropout: rate = 0, rng } = options;
  const { queryDim = dim / heads, valueDim = dim / heads } = options;
  assertHeads(options);
  assertInteger('hstuBlock(count)', count);
  assertNumber('hstuBlock(dropout)', rate, { from: 0, below: 1 });
  const [read, given] = [heads * queryDim, heads * valueDim];
  const create = (label: string, inputDim: number, outputDim: number, bias: boolean) =>
    dense({ inputDim, dim: outputDim, bias, rng: rng.fork(label), weightInitializer: fanInUniform() });
  const projection = create('projection', dim, 2 * given + 2 * read, false);
  const output = create('output', given, dim, true);
  const position = relativePositions({ count, rng: rng.fork('position') });
  const normalization = layerNormalization({ dim, epsilon: 1e-6 });
  const attentionNormalization = layerNormalization({ dim: given, epsilon: 1e-6 });
  const drop = dropout({ rate });
  return {
    parameters: {
      normalization: normalization.parameters,
      projection: projection.parameters,
      position: position.parameters,
      attentionNormalization: attentionNormalization.parameters,
      output: output.parameters,
    },
    apply: (input, { mask, layout, bias, training } = {}) =>
      tf.tidy(() => {
        assertSteps('hstuBlock(input)', input, dim, layout);
        const projected = swish(projection.apply(normalization.apply(input)));
        const [gates, values, queries, keys] = tf.split(projected, [given, given, read, read], projected.rank - 1);
        const place = (steps: tf.Tensor | undefined) =>
          (layout ? scatterSteps(steps as tf.Tensor2D, layout) : steps) as tf.Tensor3D; // [batch, time, ...]
        const distances = position.apply(layout?.time ?? input.shape[1]!);
        const sources = layout ? createMask(layout) : mask;
        const sums = pointwiseAttention({
          ...{ queries: place(queries), keys: place(keys), values: place(values), heads, divisor: count },
          ...{ bias: bias ? tf.add(distances, bias) : distances, ...(sources && { mask: sources }) },
        });
        const attended = attentionNormalization.apply(layout ? gatherSteps(sums, layout) : sums);
        const gated = drop.apply(tf.mul(attended, gates!), training);
        return tf.add(input, output.apply(gated)) as typeof input;
      }),
  };
}

/** Checks the sizes of a block. */
function assertHeads({
  dim,
  heads = 1,
  queryDim,
  valueDim,
}: Pick<HstuBlockOptions, 'dim' | 'heads' | 'queryDim' | 'valueDim'>): void {
  assertInteger('hstuBlock(dim)', dim);
  assertInteger('hstuBlock(heads)', heads);
  if (queryDim !== undefined) assertInteger('hstuBlock(queryDim)', queryDim);
  if (valueDim !== undefined) assertInteger('hstuBlock(valueDim)', valueDim);
  if ((queryDim === undefined || valueDim === undefined) && dim % heads !== 0)
    invalid('hstuBlock(heads)', `a divisor of dim=${dim}`, `${heads}`, 'Or give queryDim and valueDim.');
}
