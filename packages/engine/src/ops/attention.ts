import { assertInteger, assertShape, invalid } from '@footlight/core';
import { runKernel } from '../run-kernel.js';
import { tf } from '../tfjs/tfjs.js';

export interface AttentionInputs {
  /** `[batch, time, dim]`: what each step looks for; head h has the entries h·dim/heads … (h + 1)·dim/heads − 1. */
  readonly queries: tf.Tensor3D;
  /** `[batch, source, dim]`: what each source is found by. */
  readonly keys: tf.Tensor3D;
  /** `[batch, source, dim]`: what each source gives. */
  readonly values: tf.Tensor3D;
  /** `[batch, source]`: 1 for a source that can be attended to, 0 for padding. Default: all 1. */
  readonly mask?: tf.Tensor2D;
  /** Number of heads, which divides `dim`. */
  readonly heads: number;
  /** Whether step t attends to the sources 0 … t only. `time` and `source` must then be equal. Default false. */
  readonly causal?: boolean;
  /** `[batch, heads, time, source]`: factors of the weights, for dropout. They have no gradient. Default: all 1. */
  readonly weightFactors?: tf.Tensor4D;
}

/**
 * Scaled dot-product attention with several heads: each step receives a mean of the values, weighted by how well its
 * query fits their keys.
 *
 * $$ a_{tj} = \frac{m_j \, e^{q_t \cdot k_j / \sqrt{d}}}{\sum_{j'} m_{j'} \, e^{q_t \cdot k_{j'} / \sqrt{d}}}, \quad y_t = \sum_j a_{tj} v_j $$
 *
 * for each head, with vectors of length d = dim / heads; the heads are concatenated. m is the mask; with `causal`,
 * sources j > t have m = 0 as well. A step without any source gets zeros.
 *
 * Kernel `Attention`.
 *
 * @shape queries `[batch, time, dim]`, keys and values `[batch, source, dim]`, mask `[batch, source]` → `[batch, time,
 *   dim]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree, `heads` does not divide `dim`, or `causal` is asked for
 *   with `time` ≠ `source`
 * @source Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, eq. 1
 */
export function attention(inputs: AttentionInputs): tf.Tensor3D {
  const { queries, keys, values, mask, heads, causal, weightFactors } = inputs;
  const { batch, time, dim } = assertShape('attention(queries)', queries, ['batch', 'time', 'dim']);
  const { source } = assertShape('attention(keys)', keys, ['batch', 'source', 'dim'], { batch, dim });
  assertShape('attention(values)', values, ['batch', 'source', 'dim'], { batch, source, dim });
  if (mask) assertShape('attention(mask)', mask, ['batch', 'source'], { batch, source });
  assertInteger('attention(heads)', heads);
  if (dim % heads !== 0) invalid('attention(heads)', `a divisor of dim=${dim}`, `${heads}`);
  if (causal && time !== source) invalid('attention(causal)', `as many steps as sources, ${source}`, `${time}`);
  if (weightFactors)
    assertShape('attention(weightFactors)', weightFactors, ['batch', 'heads', 'time', 'source'], {
      ...{ batch, heads, time, source },
    });
  const numbers = mask && { mask: tf.cast(mask, 'float32') };
  return tf.tidy(() => runKernel('Attention', { ...inputs, ...numbers }, attentionDefinition));
}

function attentionDefinition(inputs: AttentionInputs): tf.Tensor3D {
  const { queries, keys, values, mask, heads, causal = false, weightFactors } = inputs;
  const { shape } = queries;
  const [batch, time, dim] = shape;
  const source = keys.shape[1];
  const [q, k, v] = [queries, keys, values].map((vectors) => splitHeads(vectors, heads)) as [
    tf.Tensor4D,
    tf.Tensor4D,
    tf.Tensor4D,
  ];
  const scores = tf.mul(tf.matMul(q, k, false, true), Math.sqrt(heads / dim)); // [batch, heads, time, source]
  const allowed = listAllowed(mask, causal, [batch, time, source]);
  const weights = allowed ? softmaxWhere(scores, allowed) : tf.softmax(scores);
  const mean = tf.matMul(weightFactors ? tf.mul(weights, weightFactors) : weights, v); // [batch, heads, time, d]
  return tf.reshape(tf.transpose(mean, [0, 2, 1, 3]), shape);
}

/** @shape `[batch, time, dim]` → `[batch, heads, time, dim / heads]` */
function splitHeads(vectors: tf.Tensor3D, heads: number): tf.Tensor4D {
  const [batch, time, dim] = vectors.shape;
  return tf.transpose(tf.reshape(vectors, [batch, time, heads, dim / heads]), [0, 2, 1, 3]) as tf.Tensor4D;
}

/** 1 where a step may attend to a source, else 0: `[batch or 1, 1, time or 1, source]`, or undefined if all are 1. */
function listAllowed(mask: tf.Tensor2D | undefined, causal: boolean, [batch, time, source]: readonly number[]) {
  const padding = mask && tf.reshape(mask, [batch!, 1, 1, source!]);
  if (!causal) return padding;
  const steps = tf.range(0, time!);
  const earlier = tf.cast(tf.greaterEqual(tf.expandDims(steps, 1), tf.expandDims(steps, 0)), 'float32');
  const triangle = tf.reshape(earlier, [1, 1, time!, source!]);
  return padding ? tf.mul(triangle, padding) : triangle;
}

/** The softmax over the allowed sources; zeros where none is. */
function softmaxWhere(scores: tf.Tensor, allowed: tf.Tensor): tf.Tensor {
  const low = tf.mul(tf.sub(1, allowed), -1e9); // added: the product would keep the gradient of what is left out
  return tf.mul(tf.softmax(tf.add(scores, low)), allowed);
}
