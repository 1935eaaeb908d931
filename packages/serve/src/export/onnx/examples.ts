import { type SparseRows, tf } from '@footlight/engine';
import { type Recommender, toModelInput, toQueries } from '@footlight/trainer';

/** Inputs of a computation that is traced. */
export interface Example {
  readonly tensors: Readonly<Record<string, tf.Tensor>>;
  readonly baskets?: SparseRows;
}

/** Histories of different lengths and items, so that nothing that depends on them looks constant. */
export function createExample(
  batch: number,
  reads: Recommender['predictor']['reads'],
  { userCount, itemCount }: Recommender['catalogue'],
): Example {
  const longest = typeof reads === 'object' ? reads.history : 3 + batch;
  const histories = Array.from({ length: batch }, (_, row) => {
    const length = row === 0 ? longest : Math.max(1, longest - ((row + batch) % 3));
    return Int32Array.from({ length }, (_step, at) => (5 * at + 7 * row + 3 * batch) % itemCount);
  });
  const users = Int32Array.from({ length: batch }, (_, row) => (row + batch) % userCount);
  const { baskets, history, mask, users: ids } = toQueries(toModelInput(histories, reads, users));
  const clicks = new Float32Array(batch * itemCount);
  for (const [row, items] of histories.entries()) for (const item of items) clicks[row * itemCount + item] = 1;
  const basketMatrix = tf.tensor2d(reads === 'basket' ? clicks : [0], reads === 'basket' ? [batch, itemCount] : [1, 1]);
  return { tensors: { users: ids, history, mask, basketMatrix }, ...(baskets && { baskets }) };
}

/** Vectors that all differ. */
export function createVectors(batch: number, dim: number): Example {
  const values = Float32Array.from({ length: batch * dim }, (_, at) => Math.sin(1 + at + batch));
  return { tensors: { vectors: tf.tensor2d(values, [batch, dim]) } };
}
