import type { Recommender } from '@footlight/trainer';

/** Vectors of some items, one after the other; undefined if the model has none. */
export async function readVectors(
  { predictor }: Recommender,
  dense: readonly number[],
): Promise<{ readonly vectors: Float32Array; readonly dim: number } | undefined> {
  const table = predictor.itemVectors?.(); // [item, dim]
  if (!table) return undefined;
  try {
    const [, dim] = table.shape;
    const values = await table.data();
    const vectors = new Float32Array(dense.length * dim);
    for (const [at, item] of dense.entries())
      vectors.set(values.subarray(item * dim, (item + 1) * dim) as Float32Array, at * dim);
    return { vectors, dim };
  } finally {
    table.dispose();
  }
}
