import { assertInteger, assertNumber, invalid, type Rng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import {
  createVariable,
  embeddingBag,
  type SparseMatrix,
  type SparseRows,
  sparseDenseMatMul,
  tf,
  toSparseRows,
  watchVariables,
} from '@footlight/engine';
import { countDegrees, normalizeEdges } from '../normalized-graph.js';
import type { DataSummary, Queries, Scorer, Solver, SolverStep } from '../types.js';
import { countFeedback } from './implicit-feedback.js';
import { solveSteps } from './solve-steps.js';
import { truncatedSvd } from './truncated-svd.js';

export interface GfCfOptions {
  /** Number of singular vectors that pass the ideal filter. Default 256. */
  readonly dim?: number;
  /**
   * Weight α of the ideal filter beside the linear one, from 0; with 0 no singular vectors are computed. Default 0.3.
   */
  readonly ideal?: number;
}

/**
 * GF-CF, graph filters in closed form: a linear filter on the graph of users and items plus an ideal low-pass filter,
 * which keeps the smoothest signals.
 *
 * $$ s_u = x_u \left( \tilde{R}^\top \tilde{R} + \alpha \, D^{-1/2} V V^\top D^{1/2} \right), \quad \tilde{R}_{ui} = \frac{[u \text{ chose } i]}{\sqrt{d_u d_i}} $$
 *
 * where $x_u$ is the basket of user u in zeros and ones, D are the numbers of users of the items, and V the right
 * singular vectors of $\tilde{R}$ with the largest singular values. Reads baskets, so it scores unknown users. Items
 * without training interactions have the score 0.
 *
 * The model contains the graph: what each user chose, under numbers.
 *
 * @example
 * gfCf().solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument` if `dim` is not a positive integer or `ideal` is negative
 * @source Shen et al., CIKM 2021, https://arxiv.org/abs/2108.07567
 */
export function gfCf({ dim = 256, ideal = 0.3 }: GfCfOptions = {}): Solver {
  assertInteger('gfCf(dim)', dim);
  assertNumber('gfCf(ideal)', ideal, { from: 0 });
  const width = ideal === 0 ? 0 : dim;
  return {
    kind: 'solver',
    name: `gf-cf(${width})`,
    protocol: { name: 'gf-cf', dim, ideal },
    reads: 'basket',
    solve: (train, rng, onProgress) => solveSteps(solveInSteps(train, rng), onProgress),
    solveInSteps,
    restore: (data, shapes) =>
      createScorer(data, ideal, width, shapes?.get('graph/items')?.[0] ?? countEdges(data.interactions)),
  };

  function* solveInSteps(train: Interactions, rng: Rng): Generator<SolverStep, Scorer> {
    const edges = countFeedback(train, train.weights);
    const graph = normalizeEdges(edges, train.catalogue.itemCount);
    const vectors = ideal === 0 ? undefined : yield* truncatedSvd(graph, { count: dim }, rng.fork('vectors'));
    return createScorer(train.catalogue, ideal, width, edges.ids.length, { edges, vectors });
  }
}

function countEdges(train: Interactions | undefined): number {
  return train ? countFeedback(train, train.weights).ids.length : 0;
}

/** The filters, from the parameters. */
interface Filters {
  readonly graph: SparseMatrix;
  /** $d_i^{-1/2}$; 0 for items without users. */
  readonly inverseRoots: Float32Array;
  /** $d_i^{1/2}$, `[item]` */
  readonly roots: Float32Array;
}

function createScorer(
  { userCount, itemCount }: Pick<DataSummary, 'userCount' | 'itemCount'>,
  ideal: number,
  width: number,
  edgeCount: number,
  solved?: { readonly edges: SparseRows; readonly vectors: Float32Array | undefined },
): Scorer {
  const integers = (values: Int32Array) => tf.tidy(() => tf.variable(tf.tensor1d(values, 'int32'), false));
  const offsets = integers(solved?.edges.offsets ?? new Int32Array(userCount + 1));
  const items = integers(solved?.edges.ids ?? new Int32Array(edgeCount));
  const vectors =
    width === 0 ? undefined : createVariable<tf.Rank.R2>([itemCount, width], (zeros) => solved?.vectors ?? zeros);
  const haveChanged = watchVariables([offsets, items]);
  let filters: Filters | undefined;
  const read = (): Filters => {
    if (haveChanged() || !filters) {
      const edges = { offsets: offsets.dataSync() as Int32Array, ids: items.dataSync() as Int32Array };
      const roots = Float32Array.from(countDegrees(edges.ids, itemCount), Math.sqrt);
      const inverseRoots = roots.map((root) => (root === 0 ? 0 : 1 / root));
      filters = { graph: normalizeEdges(edges, itemCount), roots, inverseRoots };
    }
    return filters;
  };
  const score = (baskets: SparseRows): tf.Tensor2D =>
    tf.tidy(() => {
      const current = read();
      const linear = filterLinearly(current.graph, baskets);
      return vectors ? tf.add(linear, tf.mul(ideal, filterIdeally(vectors, current, baskets))) : linear;
    });
  return {
    reads: 'basket',
    parameters: { graph: { offsets, items }, ...(vectors && { vectors }) },
    idCounts: { 'graph/items': itemCount },
    containsHistories: true,
    score: ({ baskets }: Queries) => score(baskets ?? invalid('gfCf.score(queries)', 'queries with baskets', 'none')),
    similarities: (item) => score(toSparseRows([[item]])),
  };
}

/** $x \tilde{R}^\top \tilde{R}$ @shape → `[batch, item]` */
function filterLinearly(graph: SparseMatrix, { offsets, ids }: SparseRows): tf.Tensor2D {
  const batch = offsets.length - 1;
  const signals = new Float32Array(graph.columnCount * batch); // [item, batch]
  for (let row = 0; row < batch; row++)
    for (let entry = offsets[row]!; entry < offsets[row + 1]!; entry++) signals[ids[entry]! * batch + row] = 1;
  const atUsers = sparseDenseMatMul(graph, tf.tensor2d(signals, [graph.columnCount, batch])); // [user, batch]
  return tf.transpose(sparseDenseMatMul(graph, atUsers, { transposed: true }));
}

/** $x D^{-1/2} V V^\top D^{1/2}$ @shape → `[batch, item]` */
function filterIdeally(
  vectors: tf.Variable<tf.Rank.R2>,
  { inverseRoots, roots }: Filters,
  { offsets, ids }: SparseRows,
): tf.Tensor2D {
  const weights = Float32Array.from(ids, (item) => inverseRoots[item]!);
  const components = embeddingBag(vectors, { offsets, ids, weights }); // [batch, dim]
  return tf.mul(tf.matMul(components, vectors, false, true), tf.tensor1d(roots));
}
