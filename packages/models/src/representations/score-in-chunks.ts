import { tf } from '@footlight/engine';

/**
 * Scores queries in chunks, so that the memory per item stays small.
 *
 * @param size queries per chunk, rounded down, at least 1
 * @param score scores a chunk, which begins at query `from`
 * @shape vectors `[query, dim]` → `[query, item]`
 */
export function scoreInChunks(
  vectors: tf.Tensor2D,
  size: number,
  score: (chunk: tf.Tensor2D, from: number) => tf.Tensor2D,
): tf.Tensor2D {
  const [queries, dim] = vectors.shape;
  const step = Math.max(1, Math.floor(size));
  const chunks: tf.Tensor2D[] = [];
  for (let from = 0; from < queries; from += step) {
    const shape: [number, number] = [Math.min(step, queries - from), dim];
    chunks.push(tf.tidy(() => score(tf.slice(vectors, [from, 0], shape), from)));
  }
  return chunks.length === 1 ? chunks[0]! : tf.concat(chunks, 0);
}
