import { assertInteger, assertNumber } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import type { Scorer, Solver, SolverStep } from '../types.js';
import { findNeighbors } from './find-neighbors.js';
import { countFeedback, transposeFeedback } from './implicit-feedback.js';
import { createNeighborScorer, type NeighborScorerOptions } from './neighbor-scorer.js';
import { solveSteps } from './solve-steps.js';

export interface Rp3BetaOptions {
  /** Items that each item leads to, k: those with the largest weights. Default 100. */
  readonly neighbors?: number;
  /** Exponent α of the transition probabilities, from 0. Default 1. */
  readonly alpha?: number;
  /** Exponent β of the popularity that weights are divided by, from 0; 0 is P³α. Default 0.6. */
  readonly beta?: number;
}

/**
 * RP³β: random walks of three steps, from the user over chosen items and other users to items, with popular items
 * ranked lower.
 *
 * $$ s_{ui} = \sum_{j \in H_u} w_{ji}, \quad w_{ji} = \frac{1}{d_i^\beta} \sum_{v} \left( \frac{1}{d_j} \right)^\alpha \left( \frac{1}{d_v} \right)^\alpha $$
 *
 * where v are the users who chose both items, d is the number of users of an item or of items of a user, and $H_u$ the
 * history of user u. Repeated choices count once. Reads baskets, so it scores unknown users.
 *
 * Differs from the paper: each item keeps its k largest weights to other items, after Ferrari Dacrema et al.; the
 * probability of the first step, which is the same for all items of a user, is left out, and so are walks that
 * return to the item itself.
 *
 * @example
 * rp3beta({ alpha: 0.8, beta: 0.5 }).solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Paudel et al., ACM TiiS 2017, https://doi.org/10.1145/2955101; Ferrari Dacrema et al., RecSys 2019,
 *   https://arxiv.org/abs/1907.06902
 */
export function rp3beta({ neighbors = 100, alpha = 1, beta = 0.6 }: Rp3BetaOptions = {}): Solver {
  assertInteger('rp3beta(neighbors)', neighbors);
  assertNumber('rp3beta(alpha)', alpha, { from: 0 });
  assertNumber('rp3beta(beta)', beta, { from: 0 });
  const reads = 'basket';
  const scorer: NeighborScorerOptions = { name: 'rp3beta', neighbors, listsOf: 'chosen', reads };
  return {
    kind: 'solver',
    name: `rp3beta(${neighbors})`,
    protocol: { name: 'rp3beta', neighbors, alpha, beta },
    reads,
    solve: (train, _rng, onProgress) => solveSteps(solveInSteps(train), onProgress),
    solveInSteps,
    restore: (data) => createNeighborScorer(data, scorer),
  };

  function* solveInSteps(train: Interactions): Generator<SolverStep, Scorer> {
    const users = countFeedback(train);
    const { offsets, ids } = transposeFeedback(users, train.catalogue.itemCount);
    const degrees = Float64Array.from(offsets.subarray(1), (end, item) => end - offsets[item]!);
    const leave = Float32Array.from(ids, (user) => (users.offsets[user + 1]! - users.offsets[user]!) ** -alpha);
    const lists = yield* findNeighbors({
      sets: { offsets, ids, weights: leave },
      members: users,
      count: neighbors,
      similarity: 'product',
      shrink: 0,
      scales: {
        own: Float32Array.from(degrees, (degree) => degree ** alpha),
        other: Float32Array.from(degrees, (degree) => degree ** beta),
      },
    });
    return createNeighborScorer(train.catalogue, scorer, lists);
  }
}
