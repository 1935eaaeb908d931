import { invalid } from '@footlight/core';
import { addOuter, solveSymmetric } from './solve-symmetric.js';

/** Item vectors that stay constant. */
export interface FrozenItems {
  /** Length of the vectors. */
  readonly dim: number;
  /** Q, `[item, dim]`, row by row. */
  readonly vectors: Float32Array;
  /** QᵀQ, `[dim, dim]`. */
  readonly gram: Float32Array;
}

export interface FoldInChoicesOptions {
  /** α: how much more a chosen item counts than one that was not chosen. */
  readonly confidence: number;
  /**
   * `elsewhere`: a chosen item is a one of weight 1 + α n. `everywhere`: it is a zero of weight 1 and a one of weight α
   * n. Default `elsewhere`.
   */
  readonly zeros?: 'elsewhere' | 'everywhere';
  /** λ, the L2 penalty. */
  readonly ridge: number;
}

/**
 * Fold-in of implicit feedback: computes the vector of an unknown user from the chosen items, by weighted least squares
 * with constant item vectors.
 *
 * $$ x = (Q^T C Q + \lambda I)^{-1} Q^T C p, \quad p_i = [n_i > 0], \quad C_{ii} = 1 + \alpha n_i $$
 *
 * where item i occurs $n_i$ times in the history. An empty history has the zero vector.
 *
 * @shape vectors `[item, dim]`, history `[interaction]` → `[dim]`
 * @throws {RecsysError} `invalid-argument` if the history contains an unknown item, `not-finite` if the item vectors
 *   are not finite
 * @source Hu, Koren, Volinsky, ICDM 2008, https://doi.org/10.1109/ICDM.2008.22, eq. 4
 */
export function foldInChoices(
  { dim, vectors, gram }: FrozenItems,
  history: Int32Array,
  { confidence, zeros = 'elsewhere', ridge }: FoldInChoicesOptions,
): Float64Array {
  const left = Float64Array.from(gram); // QᵀCQ + λI
  const right = new Float64Array(dim); // QᵀCp
  for (const [item, count] of countItems(history, vectors.length / dim)) {
    const row = vectors.subarray(item * dim, (item + 1) * dim);
    addOuter(left, row, confidence * count);
    const weight = confidence * count + (zeros === 'elsewhere' ? 1 : 0);
    for (let d = 0; d < dim; d++) right[d]! += weight * row[d]!;
  }
  for (let d = 0; d < dim; d++) left[d * dim + d]! += ridge;
  return solveSymmetric(left, right);
}

/** λ = ρ tr(QᵀQ) / d: a ridge in units of the size of the item vectors; 1 if all are zero, where any gives the same. */
export function computeRidge({ gram, dim }: FrozenItems, regularization: number): number {
  let trace = 0;
  for (let d = 0; d < dim; d++) trace += gram[d * dim + d]!;
  return (regularization / dim) * trace || 1;
}

/** Counts how often each item occurs. */
export function countItems(history: Int32Array, itemCount: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of history) {
    if (!(item >= 0 && item < itemCount)) invalid('foldIn(history)', `items from 0 to ${itemCount - 1}`, item);
    counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
}
