import { RecsysError } from '@footlight/core';

/**
 * Solves A x = b for a symmetric positive definite A by the Cholesky decomposition A = LLᵀ, in place.
 *
 * @shape `[dim, dim]`, `[dim]` → `[dim]`
 * @throws {RecsysError} `not-finite` if A is not positive definite, which finite vectors and a ridge exclude
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array {
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

/** Adds `weight` times the outer product of a row with itself to a matrix `[dim, dim]`. */
export function addOuter(matrix: Float64Array, row: Float32Array | Float64Array, weight: number): void {
  const dim = row.length;
  for (let i = 0; i < dim; i++) for (let j = 0; j < dim; j++) matrix[i * dim + j]! += weight * row[i]! * row[j]!;
}
