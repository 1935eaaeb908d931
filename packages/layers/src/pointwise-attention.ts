import { assertInteger, assertNumber, assertShape, invalid } from '@footlight/core';
import { assertBias, tf } from '@footlight/engine';
import { swish } from './feed-forward.js';

/** Inputs of `pointwiseAttention`. */
export interface PointwiseAttentionInputs {
  /** `[batch, time, heads · queryDim]`: what each step looks for. */
  readonly queries: tf.Tensor3D;
  /** `[batch, time, heads · queryDim]`: what each source is found by. */
  readonly keys: tf.Tensor3D;
  /** `[batch, time, heads · valueDim]`: what each source gives. */
  readonly values: tf.Tensor3D;
  /** Added to the scores: `[batch or 1, heads or 1, time, source]`, source = time. Default: nothing. */
  readonly bias?: tf.Tensor4D;
  /** `[batch, time]`: 1 for a source that can be attended to, 0 for padding. Default: all 1. */
  readonly mask?: tf.Tensor2D;
  /** Number of heads, which divides the lengths of queries and values. */
  readonly heads: number;
  /** Whether a step attends to itself and earlier steps only. Default true. */
  readonly causal?: boolean;
  /** What the weights are divided by, above 0: usually the largest number of steps. */
  readonly divisor: number;
}

/**
 * Pointwise aggregated attention: each step receives a sum of the values, each with a weight of its own. Unlike those
 * of a softmax, the weights do not compete, so that the number of fitting sources has an effect.
 *
 * $$ a_{tj} = \frac{m_j}{n} \, \text{silu}(q_t \cdot k_j + r_{tj}), \quad y_t = \sum_j a_{tj} v_j, \quad \text{silu}(x) = x \, \sigma(x) $$
 *
 * for each head; the heads are concatenated. n is the divisor, r the bias and m the mask; with `causal`, sources j > t
 * have m = 0 as well. A step without any source gets zeros.
 *
 * It is computed by operations of tfjs: the weights, `[batch, heads, time, time]`, are stored for the gradient, about
 * five times.
 *
 * @example
 * const [queries, keys] = [tf.ones<tf.Rank.R3>([3, 5, 4]), tf.ones<tf.Rank.R3>([3, 5, 4])];
 * pointwiseAttention({ queries, keys, values: tf.ones([3, 5, 6]), heads: 2, divisor: 5 }) // [3, 5, 6]
 * @shape queries and keys `[batch, time, heads · queryDim]`, values `[batch, time, heads · valueDim]` → as the values
 * @throws {RecsysError} `invalid-argument` if shapes disagree, `heads` does not divide them, or the divisor is not
 *   above 0
 * @source Zhai et al., ICML 2024, https://arxiv.org/abs/2402.17152, eq. 2
 */
export function pointwiseAttention(inputs: PointwiseAttentionInputs): tf.Tensor3D {
  const { queries, keys, values, bias, mask, heads, causal = true, divisor } = inputs;
  const { batch, time, dim } = assertShape('pointwiseAttention(queries)', queries, ['batch', 'time', 'dim']);
  assertShape('pointwiseAttention(keys)', keys, ['batch', 'time', 'dim'], { batch, time, dim });
  const { width } = assertShape('pointwiseAttention(values)', values, ['batch', 'time', 'width'], { batch, time });
  if (mask) assertShape('pointwiseAttention(mask)', mask, ['batch', 'time'], { batch, time });
  assertInteger('pointwiseAttention(heads)', heads);
  if (bias) assertBias('pointwiseAttention(bias)', bias, [batch, heads, time, time]);
  assertNumber('pointwiseAttention(divisor)', divisor, { above: 0 });
  if (dim % heads !== 0 || width % heads !== 0)
    invalid('pointwiseAttention(heads)', `a divisor of ${dim} and ${width}`, `${heads}`);
  return tf.tidy(() => {
    const [q, k, v] = [queries, keys, values].map((vectors) => splitHeads(vectors, heads)) as tf.Tensor[];
    const products = tf.matMul(q!, k!, false, true); // [batch, heads, time, source]
    const weights = swish(bias ? tf.add(products, bias) : products);
    const sums = tf.matMul(tf.mul(weights, listFactors(mask, causal, time, divisor)), v!);
    return tf.reshape(tf.transpose(sums, [0, 2, 1, 3]), [batch, time, width]);
  });
}

/** @shape `[batch, time, dim]` → `[batch, heads, time, dim / heads]` */
function splitHeads(vectors: tf.Tensor3D, heads: number): tf.Tensor4D {
  const [batch, time, dim] = vectors.shape;
  return tf.transpose(tf.reshape(vectors, [batch, time, heads, dim / heads]), [0, 2, 1, 3]) as tf.Tensor4D;
}

/** 1 / n where a step may attend to a source, else 0: `[batch or 1, 1, time or 1, source]`. */
function listFactors(mask: tf.Tensor2D | undefined, causal: boolean, time: number, divisor: number): tf.Tensor {
  const inverse = 1 / divisor;
  const padding = mask && tf.reshape(tf.cast(mask, 'float32'), [mask.shape[0], 1, 1, time]);
  if (!causal) return padding ? tf.mul(padding, inverse) : tf.scalar(inverse);
  const values = Float32Array.from({ length: time * time }, (_, at) =>
    at % time <= Math.floor(at / time) ? inverse : 0,
  );
  const triangle = tf.tensor4d(values, [1, 1, time, time]);
  return padding ? tf.mul(triangle, padding) : triangle;
}
