import type { CatalogueLoss, Loss, RankingLoss } from './types.js';

/** Keyed by `compute`, so that a copy of a loss with another `compute` is not declared. */
const declared = new WeakSet<Loss['compute']>();

/** Declares that a loss depends on differences of the scores of a query only. Returns the loss. */
export function declareComparison<L extends RankingLoss | CatalogueLoss>(loss: L): L {
  declared.add(loss.compute);
  return loss;
}

/**
 * Tells whether a loss is known to depend on differences of the scores of a query only, as pairwise losses and softmax
 * do. Terms that all items of a query share, such as the bias of a user, then have no gradient.
 *
 * @example
 * comparesScores(bprLoss()) // true
 * @returns `false` for losses of other packages that do not declare it
 */
export function comparesScores({ compute }: Loss): boolean {
  return declared.has(compute);
}
