import { invalid, RecsysError } from '@footlight/core';

export interface FoldInOptions {
  /** How much more an item of the history counts than an item that was not chosen, α, above 0. Default 40. */
  readonly confidence?: number;
  /** L2 penalty ρ, in units of the mean square of the item vectors along one axis, above 0. Default 0.1. */
  readonly regularization?: number;
}

/** Checks the options of fold-in and fills in the defaults. */
export function resolveFoldIn({ confidence = 40, regularization = 0.1 }: FoldInOptions = {}): Required<FoldInOptions> {
  assertPositive('foldIn(confidence)', confidence);
  assertPositive('foldIn(regularization)', regularization);
  return { confidence, regularization };
}

function assertPositive(where: string, value: number): void {
  if (!(value > 0 && value < Infinity)) invalid(where, 'a positive number', value);
}

/** Item vectors that stay constant. */
export interface FrozenItems {
  /** Length of the vectors. */
  readonly dim: number;
  /** Q, `[item, dim]`, row by row. */
  readonly vectors: Float32Array;
  /** QᵀQ, `[dim, dim]`. */
  readonly gram: Float32Array;
}

/**
 * Fold-in: computes the vector of an unknown user from a history, by implicit-feedback least squares with constant item
 * vectors.
 *
 * $$ x = (Q^T C Q + \lambda I)^{-1} Q^T C p, \quad p_i = [n_i > 0], \quad C_{ii} = 1 + \alpha n_i $$
 * $$ \lambda = \rho \, \tfrac1d \operatorname{tr} Q^T Q $$
 *
 * where item i occurs $n_i$ times in the history and d is the length of the vectors. An empty history has the zero
 * vector.
 *
 * Differs from the paper: λ is in units of the size of the item vectors, whose scale is arbitrary after a ranking loss.
 *
 * @shape vectors `[item, dim]`, history `[interaction]` → `[dim]`
 * @throws {RecsysError} `invalid-argument` if the history contains an unknown item, `not-finite` if the item vectors
 *   are not finite
 * @source Hu, Koren, Volinsky, ICDM 2008, https://doi.org/10.1109/ICDM.2008.22, eq. 4
 */
export function foldIn(
  { dim, vectors, gram }: FrozenItems,
  history: Int32Array,
  { confidence, regularization }: Required<FoldInOptions>,
): Float64Array {
  const left = Float64Array.from(gram); // QᵀCQ + λI
  const right = new Float64Array(dim); // QᵀCp
  for (const [item, count] of countItems(history, vectors.length / dim)) {
    const row = vectors.subarray(item * dim, (item + 1) * dim);
    addOuter(left, row, confidence * count);
    for (let d = 0; d < dim; d++) right[d]! += (1 + confidence * count) * row[d]!;
  }
  // if all vectors are zero, any ridge gives the same result
  const ridge = (regularization / dim) * computeTrace(gram, dim) || 1;
  for (let d = 0; d < dim; d++) left[d * dim + d]! += ridge;
  return solve(left, right);
}

/** Counts how often each item occurs. */
function countItems(history: Int32Array, itemCount: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of history) {
    if (!(item >= 0 && item < itemCount)) invalid('foldIn(history)', `items from 0 to ${itemCount - 1}`, item);
    counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
}

function addOuter(matrix: Float64Array, row: Float32Array, weight: number): void {
  const dim = row.length;
  for (let i = 0; i < dim; i++) for (let j = 0; j < dim; j++) matrix[i * dim + j]! += weight * row[i]! * row[j]!;
}

function computeTrace(matrix: Float32Array, dim: number): number {
  let trace = 0;
  for (let d = 0; d < dim; d++) trace += matrix[d * dim + d]!;
  return trace;
}

/**
 * Solves A x = b for a symmetric positive definite A by the Cholesky decomposition A = LLᵀ, in place.
 *
 * @shape `[dim, dim]`, `[dim]` → `[dim]`
 */
function solve(a: Float64Array, b: Float64Array): Float64Array {
  const dim = b.length;
  for (let j = 0; j < dim; j++) {
    for (let i = j; i < dim; i++) {
      let rest = a[i * dim + j]!;
      for (let k = 0; k < j; k++) rest -= a[i * dim + k]! * a[j * dim + k]!;
      a[i * dim + j] = i === j ? Math.sqrt(rest) : rest / a[j * dim + j]!;
    }
    if (!(a[j * dim + j]! > 0))
      throw new RecsysError(
        'not-finite',
        'foldIn: expected finite item vectors, received NaN or infinite ones. Did training diverge?',
      );
  }
  for (let i = 0; i < dim; i++) {
    for (let k = 0; k < i; k++) b[i]! -= a[i * dim + k]! * b[k]!; // L y = b
    b[i]! /= a[i * dim + i]!;
  }
  for (let i = dim - 1; i >= 0; i--) {
    for (let k = i + 1; k < dim; k++) b[i]! -= a[k * dim + i]! * b[k]!; // Lᵀ x = y
    b[i]! /= a[i * dim + i]!;
  }
  return b;
}
