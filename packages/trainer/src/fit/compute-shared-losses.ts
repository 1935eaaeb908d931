import { lookup, tf } from '@footlight/engine';
import type { Training } from '@footlight/layers';
import type { RankingLoss } from '@footlight/losses';
import type { Network } from '@footlight/models';
import type { DrawnNegatives } from './sample-negatives.js';
import type { StepQueries } from './select-queries.js';

/** What scores the queries of a step. */
interface QueryVectors {
  readonly network: Network;
  /** `[query, dim]` */
  readonly vectors: tf.Tensor2D;
  readonly training: Training;
}

/** Score of an item that a query rejects: low enough to cost nothing in any loss, and finite. */
const rejectedScore = -10_000;

/** Computes the losses of queries that share their negatives. @shape → `[query]` */
export function computeSharedLosses(
  given: QueryVectors,
  loss: RankingLoss,
  { targets }: StepQueries,
  { items, accepted, logProbabilities }: DrawnNegatives,
  itemCount: number,
): tf.Tensor1D {
  const { network, vectors, training } = given;
  const shape: [number, number] = [targets.length, items.length];
  const positive = network.score(vectors, tf.tensor2d(targets, [targets.length, 1], 'int32'), training);
  const isAccepted = tf.tensor2d(accepted!, shape, 'bool');
  const negatives = tf.where(isAccepted, scoreShared(given, items), tf.fill(shape, rejectedScore)) as tf.Tensor2D;
  return loss.compute({
    ...{ positive: tf.reshape(positive, [targets.length]), negatives, itemCount },
    ...(logProbabilities && {
      logProbabilities: tf.tile(tf.tensor2d(logProbabilities, [1, items.length]), [targets.length, 1]),
    }),
  });
}

/**
 * Scores the same items for all queries: as one product where scores are one, else as candidates of each query.
 *
 * @shape items `[negative]` → `[query, negative]`
 */
function scoreShared({ network, vectors, training }: QueryVectors, items: Int32Array): tf.Tensor2D {
  const ids = tf.tensor1d(items, 'int32');
  const row = tf.reshape(ids, [1, items.length]) as tf.Tensor2D;
  const { table } = network.catalogue?.() ?? {};
  if (!table) return network.score(vectors, tf.tile(row, [vectors.shape[0], 1]), training);
  // Rows of a variable have gradients of their own, as candidates have.
  const rows = table instanceof tf.Variable ? (lookup(table, ids) as tf.Tensor2D) : tf.gather(table, ids);
  const biases = network.score(tf.zeros([1, vectors.shape[1]]), row, training); // [1, negative]
  return tf.add(tf.matMul(vectors, rows as tf.Tensor2D, false, true), biases);
}
