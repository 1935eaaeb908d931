import type { RankingLoss } from '../types.js';

/** A ranking loss as data, for steps that compute it together with what stands around it. */
export interface RankingFormula {
  readonly name:
    | 'pointwise'
    | 'bpr'
    | 'sigmoid-bpr'
    | 'hinge'
    | 'adaptive-hinge'
    | 'warp'
    | 'logistic'
    | 'sampled-softmax';
  /** Of the hinges and warp. */
  readonly margin?: number;
  /** Of pointwise. */
  readonly terms?: 'sum' | 'mean';
  /** Of warp. */
  readonly weight?: 'harmonic' | 'logarithm';
}

/** By `compute`, so that a copy of a loss with another `compute` is not taken for it. */
const formulas = new WeakMap<RankingLoss['compute'], RankingFormula>();

/** Tells what a loss computes. */
export function declareFormula(formula: RankingFormula, loss: RankingLoss): RankingLoss {
  formulas.set(loss.compute, formula);
  return loss;
}

/** What a loss computes, if it is one of this package that has a fused step; `undefined` for all others. */
export function findFormula({ compute }: RankingLoss): RankingFormula | undefined {
  return formulas.get(compute);
}
