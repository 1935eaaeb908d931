import { invalid } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { Predictor } from './predictor.js';
import { compute } from './score-history.js';

/** The number of items that a list of `count` items is chosen from. */
export const poolSize = (count: number): number => Math.max(100, 5 * count);

/**
 * Chooses a diverse list by maximal marginal relevance: each place goes to the item with the largest
 *
 * $$ (1 - d) \, \frac{s_i - s_{min}}{s_{max} - s_{min}} - d \max_{j \in \text{chosen}} \cos(v_i, v_j) $$
 *
 * @param pool the best items, best first
 * @param scores of the pool
 * @returns the items chosen, in their order; equal values go to the item that is earlier in the pool
 * @throws {RecsysError} `invalid-argument` for a model without item vectors
 * @source Carbonell and Goldstein, SIGIR 1998, https://doi.org/10.1145/290941.291025; relevance scaled to 0 … 1
 */
export function diversify(
  { itemVectors }: Pick<Predictor, 'itemVectors'>,
  pool: Int32Array,
  scores: Float32Array,
  count: number,
  diversity: number,
): Int32Array {
  const readVectors =
    itemVectors ?? invalid('recommend(diversity)', 'a model with item vectors', 'one without', 'Leave the option out.');
  const size = pool.length;
  const chosen = new Int32Array(Math.min(count, size));
  if (size === 0) return chosen;
  const cosines = compute(() => computeCosines(tf.gather(readVectors(), tf.tensor1d(pool, 'int32')) as tf.Tensor2D));
  const [high, low] = [Math.max(...scores), Math.min(...scores)];
  const relevance = scores.map((score) => (high === low ? 1 : (score - low) / (high - low)));
  const nearest = new Float32Array(size); // greatest cosine with a chosen item; 0 before there is one
  const isChosen = new Uint8Array(size);
  for (let place = 0; place < chosen.length; place++) {
    let best = -1;
    let value = -Infinity;
    for (let at = 0; at < size; at++) {
      const marginal = (1 - diversity) * relevance[at]! - diversity * nearest[at]!;
      if (isChosen[at] !== 0 || marginal <= value) continue;
      [best, value] = [at, marginal];
    }
    isChosen[best] = 1;
    chosen[place] = pool[best]!;
    for (let at = 0; at < size; at++) {
      const cosine = cosines[best * size + at]!;
      if (place === 0 || cosine > nearest[at]!) nearest[at] = cosine;
    }
  }
  return chosen;
}

/** @shape vectors `[item, dim]` → `[item, item]` */
function computeCosines(vectors: tf.Tensor2D): tf.Tensor2D {
  const unit = tf.div(vectors, tf.maximum(tf.norm(vectors, 2, 1, true), 1e-12)) as tf.Tensor2D; // [item, dim]
  return tf.matMul(unit, unit, false, true);
}
