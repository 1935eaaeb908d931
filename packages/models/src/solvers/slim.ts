import { assertInteger, assertNumber } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import type { Scorer, Solver, SolverStep } from '../types.js';
import { createElasticNet, type ElasticNetOptions } from './elastic-net.js';
import { countFeedback, transposeFeedback } from './implicit-feedback.js';
import { createNeighborScorer, type NeighborLists, type NeighborScorerOptions } from './neighbor-scorer.js';
import { solveRanges } from './solve-ranges.js';
import { solveSteps } from './solve-steps.js';

export interface SlimOptions extends Partial<ElasticNetOptions> {
  /** Weights that are kept per item, the largest ones. Default 200. */
  readonly neighbors?: number;
}

/**
 * SLIM, a sparse linear model: predicts each item of a basket from the other items by an elastic net.
 *
 * $$ \min_{w_i \ge 0} \tfrac{1}{2} |x_i - X w_i|^2 + \tfrac{\lambda_2}{2} |w_i|^2 + \lambda_1 |w_i|_1, \; w_{ii} = 0 $$
 *
 * where X is the matrix of zeros and ones of users and items, and $x_i$ its column of item i. The score of an item is
 * $x_u \cdot w_i$. Solved by coordinate descent, item by item. Reads baskets, so it scores unknown users. In
 * `ElasticNet` of scikit-learn $\lambda_1$ is `n_samples * alpha * l1_ratio` and $\lambda_2$ is
 * `n_samples * alpha * (1 - l1_ratio)`.
 *
 * Without `nonNegative` and with $\lambda_1 = 0$, these are the weights of EASE between items with users in common: an
 * EASE for catalogues whose square does not fit into memory.
 *
 * Differs from the paper: weights of items without users in common are 0, which only matters without `nonNegative`; an
 * item keeps its largest weights alone.
 *
 * @example
 * slim({ l1: 2, l2: 50 }).solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Ning, Karypis, ICDM 2011, https://doi.org/10.1109/ICDM.2011.134
 */
export function slim(options: SlimOptions = {}): Solver {
  const { neighbors = 200, l1 = 1, l2 = 10, nonNegative = true, iterations = 100, tolerance = 1e-4 } = options;
  assertInteger('slim(neighbors)', neighbors);
  assertNumber('slim(l1)', l1, { from: 0 });
  assertNumber('slim(l2)', l2, { above: 0 });
  assertInteger('slim(iterations)', iterations);
  assertNumber('slim(tolerance)', tolerance, { above: 0 });
  const reads = 'basket';
  const scorer: NeighborScorerOptions = { name: 'slim', neighbors, listsOf: 'candidate', reads };
  return {
    kind: 'solver',
    name: `slim(${neighbors})`,
    protocol: { name: 'slim', neighbors, l1, l2, nonNegative, iterations, tolerance },
    reads,
    solve: (train, _rng, onProgress) => solveSteps(solveInSteps(train), onProgress),
    solveInSteps,
    restore: (data) => createNeighborScorer(data, scorer),
  };

  function* solveInSteps(train: Interactions): Generator<SolverStep, Scorer> {
    const { itemCount } = train.catalogue;
    const users = countFeedback(train);
    const solveItem = createElasticNet(users, transposeFeedback(users, itemCount), {
      ...{ l1, l2, nonNegative, iterations, tolerance },
    });
    const lists: NeighborLists = {
      ids: new Int32Array(itemCount * neighbors),
      weights: new Float32Array(itemCount * neighbors),
    };
    yield* solveRanges({
      count: itemCount,
      solve(begin, end) {
        for (let item = begin; item < end; item++) keepLargest(solveItem(item), item, neighbors, lists);
      },
    });
    return createNeighborScorer(train.catalogue, scorer, lists);
  }
}

/** Keeps the largest weights of an item, the lower id first among equals; the item itself, at weight 0, fills up. */
function keepLargest(weights: ReadonlyMap<number, number>, item: number, count: number, lists: NeighborLists): void {
  const best = [...weights].sort(([a, one], [b, other]) => Math.abs(other) - Math.abs(one) || a - b).slice(0, count);
  lists.ids.fill(item, item * count, (item + 1) * count);
  for (const [at, [id, weight]] of best.entries()) {
    lists.ids[item * count + at] = id;
    lists.weights[item * count + at] = weight;
  }
}
