import { assertInteger, invalid } from '@footlight/core';
import { loadNativeKernels } from '../backends/native/load-kernels.js';

/** Which columns each row has entries in: those of row r are `ids[offsets[r]] … ids[offsets[r + 1] − 1]`. */
export interface SparseRows {
  readonly offsets: Int32Array; // [row + 1]
  readonly ids: Int32Array; // [entry], columns
}

export interface LeastSquares {
  readonly dim: number;
  /** What is solved for, from where it is: written to. */
  readonly rows: Float32Array; // [row, dim]
  /** What stays as it is. */
  readonly columns: Float32Array; // [column, dim]
  readonly entries: SparseRows;
  /** Weight of each entry, where all that is no entry weighs 1. */
  readonly confidences: Float32Array; // [entry]
  /** Pull towards the zero vector, λ. */
  readonly regularization: number;
  /** Steps of conjugate gradients; `dim` of them solve the equations, a few go most of the way. */
  readonly steps: number;
}

/**
 * One half of alternating least squares: moves every row towards the vector that tells its entries from all other columns.
 *
 * $$ x_u = \arg\min_x \sum_i c_{ui} (p_{ui} - x \cdot y_i)^2 + \lambda |x|^2 = (Y^T Y + \lambda I + \sum_{\text{entries}} (c - 1) y y^T)^{-1} \sum_{\text{entries}} c \, y $$
 *
 * with p = 1 and c as given where u has an entry, p = 0 and c = 1 elsewhere. By conjugate gradients from where x is, so that a step costs what the entries
 * cost and no matrix is made per row. A row without entries becomes 0.
 *
 * Runs on memory, on no tfjs backend: in C++ where `@footlight/native` is there.
 *
 * @shape rows `[row, dim]`, columns `[column, dim]`, confidences `[entry]`
 * @throws {RecsysError} `invalid-argument` if lengths disagree or an entry is not a column
 * @source Hu, Koren, Volinsky, ICDM 2008, https://doi.org/10.1109/ICDM.2008.22; Takács, Pilászy, Tikk, RecSys 2011
 */
export function solveLeastSquares(problem: LeastSquares): void {
  assertProblem(problem);
  const { dim, rows, columns, entries, confidences, regularization, steps } = problem;
  const kernels = loadNativeKernels();
  if (kernels)
    kernels.solveLeastSquares(rows, columns, dim, entries.offsets, entries.ids, confidences, regularization, steps);
  else leastSquaresDefinition(problem);
}

function assertProblem({ dim, rows, columns, entries: { offsets, ids }, confidences, steps }: LeastSquares): void {
  assertInteger('solveLeastSquares(dim)', dim);
  assertInteger('solveLeastSquares(steps)', steps);
  const rowCount = offsets.length - 1;
  const columnCount = columns.length / dim;
  if (rows.length !== rowCount * dim) invalid('solveLeastSquares(rows)', `${rowCount} × ${dim} numbers`, rows.length);
  if (confidences.length !== ids.length)
    invalid('solveLeastSquares(confidences)', `${ids.length} numbers`, confidences.length);
  const stranger = ids.find((id) => !(id >= 0 && id < columnCount));
  if (stranger !== undefined) invalid('solveLeastSquares(entries)', `columns from 0 to ${columnCount - 1}`, stranger);
}

/** What the C++ does, in double precision. */
export function leastSquaresDefinition({
  dim,
  rows,
  columns,
  entries,
  confidences,
  regularization,
  steps,
}: LeastSquares): void {
  const { offsets, ids } = entries;
  const gram = computeGram(columns, dim, regularization); // YᵀY + λI
  for (let row = 0; row < offsets.length - 1; row++) {
    const [from, to] = [offsets[row]!, offsets[row + 1]!];
    const x = rows.subarray(row * dim, (row + 1) * dim);
    if (from === to) x.fill(0);
    else {
      const product = (v: Float64Array) => {
        const image = multiplySymmetric(gram, v);
        for (let entry = from; entry < to; entry++) {
          const y = columns.subarray(ids[entry]! * dim, (ids[entry]! + 1) * dim);
          addScaled(image, y, (confidences[entry]! - 1) * dot(y, v));
        }
        return image;
      };
      const target = new Float64Array(dim); // Σ c y
      for (let entry = from; entry < to; entry++)
        addScaled(target, columns.subarray(ids[entry]! * dim, (ids[entry]! + 1) * dim), confidences[entry]!);
      x.set(conjugateGradients(product, target, Float64Array.from(x), steps));
    }
  }
}

/** Goes from x towards the solution of A x = b; `product` is A times a vector, A symmetric and positive definite. */
function conjugateGradients(
  product: (v: Float64Array) => Float64Array,
  b: Float64Array,
  x: Float64Array,
  steps: number,
): Float64Array {
  const residual = b.slice();
  addScaled(residual, product(x), -1);
  const direction = residual.slice();
  let square = dot(residual, residual);
  for (let step = 0; step < steps && square > 1e-20; step++) {
    const image = product(direction);
    const length = square / dot(direction, image);
    addScaled(x, direction, length);
    addScaled(residual, image, -length);
    const next = dot(residual, residual);
    for (let d = 0; d < direction.length; d++) direction[d] = residual[d]! + (next / square) * direction[d]!;
    square = next;
  }
  return x;
}

function computeGram(columns: Float32Array, dim: number, ridge: number): Float64Array {
  const gram = new Float64Array(dim * dim);
  for (let i = 0; i < dim; i++) gram[i * dim + i] = ridge;
  for (let from = 0; from < columns.length; from += dim) {
    const y = columns.subarray(from, from + dim);
    for (let i = 0; i < dim; i++) addScaled(gram.subarray(i * dim, (i + 1) * dim), y, y[i]!);
  }
  return gram;
}

function multiplySymmetric(matrix: Float64Array, v: Float64Array): Float64Array {
  const image = new Float64Array(v.length);
  for (let i = 0; i < v.length; i++) addScaled(image, matrix.subarray(i * v.length, (i + 1) * v.length), v[i]!);
  return image;
}

type Numbers = Float32Array | Float64Array;

function dot(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!;
  return sum;
}

function addScaled(to: Float64Array, values: Numbers, by: number): void {
  for (let d = 0; d < to.length; d++) to[d]! += by * values[d]!;
}
