import * as tf from '@tensorflow/tfjs';

/**
 * Queries a few at a time, so that what each has per item stays small.
 *
 * @param size queries in a piece, about
 * @shape states `[query, dim]` → what `score` makes of them, `[query, item]`
 */
export function scoreInChunks(
  states: tf.Tensor2D,
  size: number,
  score: (some: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor2D {
  const [queries, dim] = states.shape;
  const step = Math.max(1, Math.floor(size));
  const pieces: tf.Tensor2D[] = [];
  for (let from = 0; from < queries; from += step)
    pieces.push(tf.tidy(() => score(tf.slice(states, [from, 0], [Math.min(step, queries - from), dim]))));
  return pieces.length === 1 ? pieces[0]! : tf.concat(pieces, 0);
}
