import { sparseSoftmaxLoss } from '@footlight/engine';
import type { CatalogueLoss } from '../types.js';
import { toSparseTargets } from './sparse-targets.js';

/**
 * Multinomial likelihood: the items of a user share one budget of probability.
 *
 * $$ \ell_q = -\sum_i x_{qi} \log \frac{e^{s_{qi}}}{\sum_j e^{s_{qj}}} $$
 *
 * where x is the number of times that item i is a target of query q. A sum, so somebody with many items weighs more than somebody with few;
 * `softmaxLoss` is the mean. A query without targets costs 0.
 *
 * @example
 * multinomialLoss().compute({ scores: tf.tensor2d([[0, 0, 0]]), targets: { query: tf.tensor1d([0, 0], 'int32'), item: tf.tensor1d([1, 2], 'int32') } }) // ≈ [2.197], 2 log 3
 * @shape scores `[query, item]`, targets `[query]` or entries → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if scores and targets disagree on `query`
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814, eq. 2 (without the constant)
 */
export function multinomialLoss(): CatalogueLoss {
  return {
    kind: 'catalogue',
    name: 'multinomial',
    compute: (input) => sparseSoftmaxLoss(input.scores, toSparseTargets('multinomialLoss', input)),
  };
}
