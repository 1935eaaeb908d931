/** Eigenvalues and eigenvectors of a symmetric matrix. */
export interface Eigen {
  readonly values: readonly number[];
  /** Eigenvectors as columns. */
  readonly vectors: readonly (readonly number[])[];
}

/**
 * Eigendecomposition of a symmetric matrix by Jacobi rotations.
 *
 * @source Golub and Van Loan, Matrix Computations, 4th edition, section 8.5
 */
export function decomposeSymmetric(matrix: readonly (readonly number[])[]): Eigen {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, row) => a.map((__, column) => (row === column ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let [off, all] = [0, 0];
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        all += a[i]![j]! ** 2;
        if (i !== j) off += a[i]![j]! ** 2;
      }
    if (off <= 1e-30 * all) break;
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate(a, v, p, q);
  }
  return { values: a.map((row, at) => row[at]!), vectors: v };
}

/** Makes the element at (p, q) zero. */
function rotate(a: number[][], v: number[][], p: number, q: number): void {
  const element = a[p]![q]!;
  if (element === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * element);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++) {
    const [left, right] = [a[k]![p]!, a[k]![q]!];
    a[k]![p] = c * left - s * right;
    a[k]![q] = s * left + c * right;
  }
  for (let k = 0; k < a.length; k++) {
    const [upper, lower] = [a[p]![k]!, a[q]![k]!];
    a[p]![k] = c * upper - s * lower;
    a[q]![k] = s * upper + c * lower;
    const [left, right] = [v[k]![p]!, v[k]![q]!];
    v[k]![p] = c * left - s * right;
    v[k]![q] = s * left + c * right;
  }
}
