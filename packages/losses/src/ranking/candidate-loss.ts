import type { tf } from '@footlight/engine';
import type { RankingLoss } from '../types.js';

/**
 * Computes a ranking loss from the scores of all candidates of a query, the positive first.
 *
 * @shape candidates `[query, 1 + negative]` → `[query]`
 */
export type CandidateLoss = (candidates: tf.Tensor2D) => tf.Tensor1D;

/** Keyed by `compute`, so that a copy of a loss with another `compute` has none. */
const declared = new WeakMap<RankingLoss['compute'], CandidateLoss>();

/** Declares that a function computes the same as `compute` of this loss, in less time. Returns the loss. */
export function declareCandidateLoss<L extends RankingLoss>(compute: CandidateLoss, loss: L): L {
  declared.set(loss.compute, compute);
  return loss;
}

/**
 * Finds how a loss is computed from the scores of all candidates, without taking positives and negatives apart.
 *
 * @example
 * findCandidateLoss(sampledSoftmaxLoss())?.(tf.tensor2d([[0, 0, 0]])) // ≈ [1.099], log 3
 * @returns `undefined` for losses that have no such function, and for copies with another `compute`
 */
export function findCandidateLoss({ compute }: RankingLoss): CandidateLoss | undefined {
  return declared.get(compute);
}
