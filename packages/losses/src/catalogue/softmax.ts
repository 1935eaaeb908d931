import { catalogueSoftmaxLoss, sparseSoftmaxLoss, tf } from '@footlight/engine';
import { declareComparison } from '../compares-scores.js';
import type { CatalogueLoss } from '../types.js';
import { toSparseTargets } from './sparse-targets.js';

/**
 * Softmax cross-entropy over the catalogue: raises the score of the target item relative to the scores of all items.
 *
 * $$ \ell_q = -\frac{1}{|T_q|} \sum_{i \in T_q} \log \frac{e^{s_{qi}}}{\sum_j e^{s_{qj}}} $$
 *
 * s_qi is the score of item i for query q, and T_q the target items of the query.
 *
 * The targets of a query are averaged, with their weights where they have any; `multinomialLoss` sums them. The loss of
 * a query without targets is 0.
 *
 * @example
 * softmaxLoss().compute({ scores: tf.tensor2d([[0, 0, 0]]), targets: tf.tensor1d([1], 'int32') }) // ≈ [1.099], log 3
 * @shape scores `[query, item]`, targets `[query]` int32 or coordinate pairs `[entry]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if scores and targets disagree on `query`
 * @source Hidasi and Karatzoglou, CIKM 2018, https://arxiv.org/abs/1706.03847, §3.1
 */
export function softmaxLoss(): CatalogueLoss {
  return declareComparison({
    kind: 'catalogue',
    name: 'softmax',
    computeFromProduct: catalogueSoftmaxLoss,
    compute(input) {
      const { query, item, weight } = toSparseTargets('softmaxLoss', input);
      if (input.targets instanceof tf.Tensor) return sparseSoftmaxLoss(input.scores, input.targets);
      return sparseSoftmaxLoss(input.scores, {
        query,
        item,
        weight: computeTargetWeights(query, input.scores.shape[0], weight),
      });
    },
  });
}

/**
 * Computes the weight of each entry in the mean of its query: its own weight, by default 1, over their sum.
 *
 * @shape `[entry]` → `[entry]`
 */
function computeTargetWeights(query: tf.Tensor1D, count: number, weight: tf.Tensor1D | undefined): tf.Tensor1D {
  const queries = query.dataSync();
  const weights = weight?.dataSync() ?? new Float32Array(queries.length).fill(1);
  const sums = new Float32Array(count);
  queries.forEach((q, entry) => {
    sums[q]! += weights[entry]!;
  });
  return tf.tensor1d(Float32Array.from(queries, (q, entry) => (sums[q]! > 0 ? weights[entry]! / sums[q]! : 0)));
}
