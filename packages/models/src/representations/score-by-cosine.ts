import { tf } from '@footlight/engine';
import type { Embedding, TableEmbedding } from '@footlight/layers';
import { invertLengths, normalize } from './normalize.js';
import { scoreItems } from './score-items.js';

/**
 * Scores items by the cosine with a vector, plus a bias per item. The vectors have length 1 already.
 *
 * @shape vectors `[query, dim]`, candidates `[query, candidate]` int32 → `[query, candidate]`; without candidates
 *   `[query, item]`
 */
export function scoreByCosine(
  vectors: tf.Tensor2D,
  item: Embedding,
  bias?: TableEmbedding,
  candidates?: tf.Tensor2D,
): tf.Tensor2D {
  if (!candidates) return scoreItems(vectors, { ...item, all: () => normalize(item.all()) }, bias);
  const inverse = tf.reshape(invertLengths(item.all()), [-1]); // [item]: one per item, not per candidate
  const cosines = tf.mul(scoreItems(vectors, item, undefined, candidates), tf.gather(inverse, candidates));
  return bias ? tf.add(cosines, tf.squeeze(bias.apply(candidates), [2])) : (cosines as tf.Tensor2D);
}
