import * as tf from '@tensorflow/tfjs';
import type { CatalogueLoss } from '../types.js';
import { targetCounts } from './targets.js';

/**
 * Cross-entropy over the whole catalogue: the target should be chosen among all items.
 *
 * $$ \ell_q = -\frac{1}{|T_q|} \sum_{i \in T_q} \log \frac{e^{s_{qi}}}{\sum_j e^{s_{qj}}} $$
 *
 * Several targets of a query are averaged; `multinomialLoss` adds them up. A query without targets costs 0.
 *
 * @example
 * softmaxLoss().compute({ scores: tf.tensor2d([[0, 0, 0]]), targets: tf.tensor1d([1], 'int32') }) // ≈ [1.099], log 3
 * @shape scores `[query, item]`, targets `[query]` or entries → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if scores and targets disagree on `query`
 * @source Hidasi and Karatzoglou, CIKM 2018, https://arxiv.org/abs/1706.03847, §3.1
 */
export function softmaxLoss(): CatalogueLoss {
  return {
    kind: 'catalogue',
    name: 'softmax',
    compute(input) {
      const counts = targetCounts('softmaxLoss', input); // [query, item]
      const targets = tf.maximum(tf.sum(counts, 1), 1); // [query]
      return tf.neg(tf.div(tf.sum(tf.mul(counts, tf.logSoftmax(input.scores)), 1), targets)) as tf.Tensor1D;
    },
  };
}
