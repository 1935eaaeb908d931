import { tf } from '../tfjs/tfjs.js';

/** Dropout of the weights of attention. */
export interface AttentionDropout {
  /** Expected share of weights that are set to zero, from 0 to below 1. */
  readonly rate: number;
  /** Which weights these are: an integer from 0 to 2³² − 1. */
  readonly seed: number;
}

/** Inputs of the definition of `attention`. */
interface DefinitionInputs {
  readonly queries: tf.Tensor3D;
  readonly keys: tf.Tensor3D;
  readonly values: tf.Tensor3D;
  readonly mask?: tf.Tensor2D;
  readonly bias?: tf.Tensor4D;
  readonly heads: number;
  readonly causal?: boolean;
  readonly dropout?: AttentionDropout;
}

/**
 * The definition of `attention`.
 *
 * @param stepOffsets `[batch + 1]`: number of the first step of each sequence, for the dropout
 */
export function attentionDefinition(inputs: DefinitionInputs, stepOffsets: Int32Array): tf.Tensor3D {
  const { queries, keys, values, mask, bias, heads, causal = false, dropout } = inputs;
  const { shape } = queries;
  const [batch, time, dim] = shape;
  const source = keys.shape[1];
  const [q, k, v] = [queries, keys, values].map((vectors) => splitHeads(vectors, heads)) as [
    tf.Tensor4D,
    tf.Tensor4D,
    tf.Tensor4D,
  ];
  const products = tf.mul(tf.matMul(q, k, false, true), Math.sqrt(heads / dim)); // [batch, heads, time, source]
  const scores = bias ? tf.add(products, bias) : products;
  const allowed = listAllowed(mask, causal, [batch, time, source]);
  const weights = allowed ? softmaxWhere(scores, allowed) : tf.softmax(scores);
  const factors =
    dropout &&
    tf.tensor4d(
      listFactors(dropout, stepOffsets, [batch, heads, time, source]),
      weights.shape as [number, number, number, number],
    );
  const mean = tf.matMul(factors ? tf.mul(weights, factors) : weights, v); // [batch, heads, time, d]
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

/** The factors of the weights: 0 or 1 / (1 − rate), as `AttentionDropout` of the kernel draws them. */
function listFactors(
  { rate, seed }: AttentionDropout,
  stepOffsets: Int32Array,
  [batch, heads, time, source]: readonly [number, number, number, number],
): Float32Array {
  const threshold = Math.min(Math.floor(rate * 2 ** 32), 2 ** 32 - 1);
  const scale = threshold === 0 ? 1 : 1 / (1 - rate);
  return Float32Array.from({ length: batch * heads * time * source }, (_, at) => {
    const row = Math.floor(at / source);
    const [head, sequence] = [Math.floor(row / time) % heads, Math.floor(row / (time * heads))];
    const step = stepOffsets[sequence]! + (row % time);
    const own = mix(seed + Math.imul(step * heads + head, golden));
    return mix(own + Math.imul(at % source, golden)) < threshold ? 0 : scale;
  });
}

const golden = 0x9e3779b9;

/** A hash of 32 bits. */
function mix(bits: number): number {
  let x = bits | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0xd35a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
