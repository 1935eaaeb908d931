import type { FusedLoss } from '@footlight/engine';
import type { RankingLoss } from '../types.js';

/** Description of a ranking loss as data, for training steps that fuse the loss with the model and the optimizer. */
export type RankingFormula = FusedLoss;

/** Keyed by `compute`, so that a copy of a loss with another `compute` has no formula. */
const formulas = new WeakMap<RankingLoss['compute'], RankingFormula>();

/** Declares that `compute` of this loss computes this formula. Returns the loss. */
export function declareFormula(formula: RankingFormula, loss: RankingLoss): RankingLoss {
  formulas.set(loss.compute, formula);
  return loss;
}

/**
 * Finds the formula of a loss for a fused training step.
 *
 * @example
 * findFormula(hingeLoss({ margin: 0.5 })) // { name: 'hinge', margin: 0.5 }
 * @returns `undefined` for losses of other packages and for copies with another `compute`
 */
export function findFormula({ compute }: RankingLoss): RankingFormula | undefined {
  return formulas.get(compute);
}
