import { assertNumber, type Json } from '@footlight/core';

/** How users with a history are folded in. Nothing of it changes training. */
export interface FoldInOptions {
  /** How much more an item of the history counts than an item that was not chosen, α, above 0. Default 1. */
  readonly confidence?: number;
  /** L2 penalty ρ, in units of the mean square of the item vectors along one axis, above 0. Default 10. */
  readonly regularization?: number;
  /**
   * Number of items κ that the mean of the trained users counts for, from 0: a history of n items has the weight
   * n / (n + κ). Default 3.
   */
  readonly shrinkage?: number;
  /**
   * Variance of ratings around their predictions, as a share of the variance of all ratings, above 0: folds in ratings
   * instead of choices, after a rating loss. Default 0.7.
   */
  readonly noise?: number;
}

/** Checks the options of fold-in and fills in the defaults. */
export function resolveFoldIn({
  confidence = 1,
  regularization = 10,
  shrinkage = 3,
  noise = 0.7,
}: FoldInOptions = {}): Required<FoldInOptions> {
  assertNumber('foldIn(confidence)', confidence, { above: 0 });
  assertNumber('foldIn(regularization)', regularization, { above: 0 });
  assertNumber('foldIn(shrinkage)', shrinkage, { from: 0 });
  assertNumber('foldIn(noise)', noise, { above: 0 });
  return { confidence, regularization, shrinkage, noise };
}

/** The options in a protocol. */
export function describeFoldIn(options: Required<FoldInOptions>): { readonly [name: string]: Json } {
  const { confidence, regularization, shrinkage, noise } = options;
  return { confidence, regularisation: regularization, shrinkage, noise };
}
