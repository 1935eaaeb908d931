import type { Interactions } from '@footlight/datasets';
import { createSparseMatrix, type SparseMatrix, type SparseRows } from '@footlight/engine';
import { countFeedback } from './solvers/implicit-feedback.js';

/**
 * Creates the normalized adjacency matrix of users and items: their graph, in which every edge is divided by the roots
 * of the degrees of its ends.
 *
 * $$ \tilde{R}_{ui} = \frac{[u \text{ chose } i]}{\sqrt{d_u d_i}} $$
 *
 * where $d_u$ is the number of different items that user u chose, and $d_i$ the number of users who chose item i.
 * Interactions of weight 0 are no edges; other weights, and repetitions, change nothing.
 *
 * @shape → `[user, item]`
 */
export function createNormalizedGraph(train: Interactions): SparseMatrix {
  return normalizeEdges(countFeedback(train, train.weights), train.catalogue.itemCount);
}

/** Creates the same matrix from the items of each user, each once. */
export function normalizeEdges({ offsets, ids }: SparseRows, itemCount: number): SparseMatrix {
  const degrees = countDegrees(ids, itemCount);
  const weights = new Float32Array(ids.length);
  for (let user = 0; user + 1 < offsets.length; user++) {
    const [begin, end] = [offsets[user]!, offsets[user + 1]!];
    for (let entry = begin; entry < end; entry++) weights[entry] = 1 / Math.sqrt((end - begin) * degrees[ids[entry]!]!);
  }
  return createSparseMatrix({ offsets, ids, weights }, itemCount);
}

/** The number of users of each item. @shape → `[item]` */
export function countDegrees(ids: Int32Array, itemCount: number): Float64Array {
  const degrees = new Float64Array(itemCount);
  for (const item of ids) degrees[item]!++;
  return degrees;
}
