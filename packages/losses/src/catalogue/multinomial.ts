import { catalogueSoftmaxLoss, sparseSoftmaxLoss } from '@footlight/engine';
import { declareComparison } from '../compares-scores.js';
import type { CatalogueLoss } from '../types.js';
import { toSparseTargets } from './sparse-targets.js';

/**
 * Multinomial negative log-likelihood: sums the cross-entropy of all target items of a query under one softmax.
 *
 * $$ \ell_q = -\sum_i x_{qi} \log \frac{e^{s_{qi}}}{\sum_j e^{s_{qj}}} $$
 *
 * s_qi is the score of item i for query q, and x_qi the number of times that the item is a target of the query,
 * or the sum of the weights of these targets. The
 * loss is a sum, so users with many items weigh more than users with few; `softmaxLoss` computes the mean. The loss of
 * a query without targets is 0.
 *
 * Differs from the paper: the constant term of the likelihood is left out.
 *
 * @example
 * const targets = { query: tf.tensor1d([0, 0], 'int32'), item: tf.tensor1d([1, 2], 'int32') };
 * multinomialLoss().compute({ scores: tf.tensor2d([[0, 0, 0]]), targets }) // ≈ [2.197], 2 log 3
 * @shape scores `[query, item]`, targets `[query]` int32 or coordinate pairs `[entry]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if scores and targets disagree on `query`
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814, eq. 2
 */
export function multinomialLoss(): CatalogueLoss {
  return declareComparison({
    kind: 'catalogue',
    name: 'multinomial',
    computeFromProduct: catalogueSoftmaxLoss,
    compute: (input) => sparseSoftmaxLoss(input.scores, toSparseTargets('multinomialLoss', input)),
  });
}
