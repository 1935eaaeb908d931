import { tf } from '@footlight/engine';

/** Scales vectors to length 1 along the last axis; the small term keeps the gradient finite at 0. */
export function normalize<R extends tf.Tensor>(vectors: R): R {
  return tf.mul(vectors, invertLengths(vectors));
}

/** 1 over the lengths along the last axis, which stays with one entry. @shape `[..., dim]` → `[..., 1]` */
export function invertLengths(vectors: tf.Tensor): tf.Tensor {
  return tf.rsqrt(tf.add(tf.sum(tf.square(vectors), -1, true), 1e-12));
}
