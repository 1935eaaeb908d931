/** Eigenvalues in descending order, and their vectors. */
export interface Eigendecomposition {
  /** `[n]` */
  readonly values: Float64Array;
  /** `[n, n]`, row by row: column j is the vector of value j. */
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 30;

/**
 * Eigendecomposition of a symmetric matrix by Jacobi rotations, for matrices of some hundred rows.
 *
 * @param matrix `[n, n]`, overwritten
 * @source Golub and Van Loan, Matrix Computations, algorithm 8.4.3 (cyclic Jacobi)
 */
export function decomposeSymmetric(matrix: Float64Array): Eigendecomposition {
  const n = Math.sqrt(matrix.length);
  const rotated = new Float64Array(n * n); // row j becomes the vector of value j
  for (let i = 0; i < n; i++) rotated[i * n + i] = 1;
  const total = sumSquares(matrix, () => true);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    if (sumSquares(matrix, (at) => at % (n + 1) !== 0) <= 1e-24 * total) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(matrix, rotated, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => matrix[b * n + b]! - matrix[a * n + a]!);
  const values = Float64Array.from(order, (i) => matrix[i * n + i]!);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let i = 0; i < n; i++) vectors[i * n + to] = rotated[from * n + i]!;
  });
  return { values, vectors };
}

/** Rotates rows and columns p and q so that their common entry becomes 0. */
function rotate(matrix: Float64Array, rotated: Float64Array, n: number, p: number, q: number): void {
  const entry = matrix[p * n + q]!;
  if (entry === 0) return;
  const theta = (matrix[q * n + q]! - matrix[p * n + p]!) / (2 * entry);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  turnRows(matrix, n, p, q, cosine, sine);
  for (let k = 0; k < n; k++) {
    const [left, right] = [matrix[k * n + p]!, matrix[k * n + q]!];
    matrix[k * n + p] = cosine * left - sine * right;
    matrix[k * n + q] = sine * left + cosine * right;
  }
  turnRows(rotated, n, p, q, cosine, sine);
}

function turnRows(matrix: Float64Array, n: number, p: number, q: number, cosine: number, sine: number): void {
  for (let k = 0; k < n; k++) {
    const [left, right] = [matrix[p * n + k]!, matrix[q * n + k]!];
    matrix[p * n + k] = cosine * left - sine * right;
    matrix[q * n + k] = sine * left + cosine * right;
  }
}

function sumSquares(matrix: Float64Array, counts: (at: number) => boolean): number {
  let sum = 0;
  for (let at = 0; at < matrix.length; at++) if (counts(at)) sum += matrix[at]! ** 2;
  return sum;
}
