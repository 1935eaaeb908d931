import { assertInteger, assertNumber, assertShape, invalid, omitUndefined, type Rng } from '@footlight/core';
import {
  type AttentionInputs,
  attention,
  createMask,
  gatherSteps,
  type RaggedLayout,
  raggedAttention,
  scatterSteps,
  tf,
} from '@footlight/engine';
import { dense } from './dense.js';
import { fanInUniform } from './initializers.js';
import { rotaryPositions, rotateSteps } from './positions.js';
import type { Parameters, Training } from './types.js';

/** Options of `multiHeadAttention`. */
export interface MultiHeadAttentionOptions {
  /** Length of an input vector and of an output vector. */
  readonly dim: number;
  /** Number of heads, which divides `dim`. Default 1. */
  readonly heads?: number;
  /** Whether a step attends to itself and earlier steps only. Default true. */
  readonly causal?: boolean;
  /**
   * Whether queries and keys are turned by `rotaryPositions`; the vectors of a head must then have an even length.
   * Default false.
   */
  readonly rotary?: boolean;
  /** Whether the projections have biases. Default true. */
  readonly bias?: boolean;
  /** Dropout of the weights of attention, from 0 to below 1. Default 0. */
  readonly dropout?: number;
  /** Source of the first values of the projections. */
  readonly rng: Rng;
}

/** Options of `apply` of `MultiHeadAttention`. */
export interface AttentionApplyOptions {
  /** `[batch, time]`: 1 for a real step, 0 for padding, which no step attends to. Default all 1. */
  readonly mask?: tf.Tensor2D;
  /** Where steps belong, if the input is `[step, dim]`: real steps alone, as `gatherSteps` of the engine makes them. */
  readonly layout?: RaggedLayout;
  /**
   * Added to the scores of steps and sources, `[batch or 1, heads or 1, time, time]`, e.g. by `relativePositions`. It
   * makes attention store numbers for each pair of steps of a window. Default: nothing.
   */
  readonly bias?: tf.Tensor4D;
  /** Present during training: dropout draws from it. */
  readonly training?: Training;
}

/** A layer in which the steps of a sequence read each other. */
export interface MultiHeadAttention {
  /** Learned variables. */
  readonly parameters: Parameters;
  /**
   * Computes the output, of all steps of a padded batch or, with a layout, of real steps alone.
   *
   * @shape `[batch, time, dim]` → the same; with a layout `[step, dim]` → the same
   */
  apply<Steps extends tf.Tensor3D | tf.Tensor2D>(input: Steps, options?: AttentionApplyOptions): Steps;
}

/**
 * Multi-head self-attention: each step receives a mean of projected vectors of the steps that it attends to, head by
 * head.
 *
 * $$ y = \text{concat}_h \Big( \text{softmax}\big(Q_h K_h^\top / \sqrt{d}\big) V_h \Big) W_O + b_O, \quad Q = x W_Q + b_Q, \; K = x W_K + b_K, \; V = x W_V + b_V $$
 *
 * d = dim / heads; steps that are padding, and later ones if `causal`, are left out of the softmax. A step without any
 * other gets $b_O$. Weights start within ±1/√dim, biases at 0.
 *
 * @example
 * multiHeadAttention({ dim: 64, heads: 2, rng }).apply(steps, { mask }) // [batch, time, 64] → [batch, time, 64]
 * @shape `[batch, time, dim]` or, without padding, `[step, dim]` → the same
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, `heads` does not divide `dim`,
 *   `dropout` is not from 0 to below 1, or shapes disagree
 * @source Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, section 3.2.2
 */
export function multiHeadAttention(options: MultiHeadAttentionOptions): MultiHeadAttention {
  const { dim, heads = 1, causal = true, rotary = false, bias = true, dropout: rate = 0, rng } = options;
  assertInteger('multiHeadAttention(dim)', dim);
  assertInteger('multiHeadAttention(heads)', heads);
  assertNumber('multiHeadAttention(dropout)', rate, { from: 0, below: 1 });
  if (dim % heads !== 0)
    invalid('multiHeadAttention(heads)', `a divisor of dim=${dim}`, `${heads}`, 'Each head reads dim / heads entries.');
  if (rotary && (dim / heads) % 2 !== 0)
    invalid('multiHeadAttention(rotary)', 'heads of an even length dim / heads', `${dim / heads}`);
  const turn = rotary ? rotaryPositions({ dim: dim / heads }) : undefined;
  const create = (label: string) =>
    dense({ inputDim: dim, dim, rng: rng.fork(label), bias, weightInitializer: fanInUniform() });
  const [query, key, value, output] = ['query', 'key', 'value', 'output'].map(create) as [
    ReturnType<typeof dense>,
    ReturnType<typeof dense>,
    ReturnType<typeof dense>,
    ReturnType<typeof dense>,
  ];
  return {
    parameters: {
      query: query.parameters,
      key: key.parameters,
      value: value.parameters,
      output: output.parameters,
    },
    apply: (input, { mask, layout, bias, training } = {}) =>
      tf.tidy(() => {
        assertSteps('multiHeadAttention(input)', input, dim, layout);
        const project = (layer: typeof query) => layer.apply(input);
        const place = (vectors: tf.Tensor) => {
          if (!turn) return vectors;
          return layout
            ? rotateSteps(vectors as tf.Tensor2D, listTimes(layout), { dim: dim / heads })
            : turn.apply(vectors);
        };
        const vectors = { queries: place(project(query)), keys: place(project(key)), values: project(value) };
        const shared = {
          ...{ heads, causal },
          ...(training && rate > 0 && { dropout: { rate, seed: training.rng.integer(2 ** 32) } }),
        };
        if (layout && bias)
          return output.apply(
            attendPadded(vectors as Vectors<tf.Tensor2D>, layout, { ...shared, bias }),
          ) as typeof input;
        const mean = layout
          ? raggedAttention({ ...(vectors as Vectors<tf.Tensor2D>), ...shared, offsets: layout.offsets })
          : attention({ ...(vectors as Vectors<tf.Tensor3D>), ...shared, ...omitUndefined({ mask, bias }) });
        return output.apply(mean) as typeof input;
      }),
  };
}

type Vectors<Steps> = Readonly<Record<'queries' | 'keys' | 'values', Steps>>;

/** Attention with numbers for each pair of steps of a window, which padded batches have. @shape `[step, dim]` */
function attendPadded(
  { queries, keys, values }: Vectors<tf.Tensor2D>,
  layout: RaggedLayout,
  options: Omit<AttentionInputs, keyof Vectors<tf.Tensor2D> | 'mask'>,
): tf.Tensor2D {
  const place = (steps: tf.Tensor2D) => scatterSteps(steps, layout); // [batch, time, dim]
  const padded = { queries: place(queries), keys: place(keys), values: place(values), mask: createMask(layout) };
  return gatherSteps(attention({ ...padded, ...options }), layout);
}

/** Checks that steps have the shape of a padded batch, or of what their layout says. */
export function assertSteps(where: string, input: tf.Tensor, dim: number, layout: RaggedLayout | undefined): void {
  if (layout) assertShape(where, input, ['step', 'dim'], { step: layout.positions.length, dim });
  else assertShape(where, input, ['batch', 'time', 'dim'], { dim });
}

/** When each step is in its window. */
function listTimes({ positions, time }: RaggedLayout): Int32Array {
  return positions.map((position) => position % time);
}
