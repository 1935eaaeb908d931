import { assertInteger, invalid } from '@footlight/core';
import { runKernel } from '../run-kernel.js';
import { assertSparseRows } from '../sparse-rows.js';
import type { LeastSquares, LeastSquaresGram } from './types.js';

/**
 * Alternating least squares, one side: solves a weighted, regularized least squares problem for every row, with the
 * columns constant.
 *
 * $$ x_u = \arg\min_x \sum_i c_{ui} (p_{ui} - x \cdot y_i)^2 + \lambda |x|^2 = (Y^T Y + \lambda I + \sum_{\text{entries}} (c - 1) y y^T)^{-1} \sum_{\text{entries}} c \, y $$
 *
 * with p = 1 and the given c where u has an entry, p = 0 and c = 1 elsewhere. With zeros `everywhere`, an entry is a 0
 * of weight 1 and a 1 of weight c − 1, so that the right-hand side is $\sum (c - 1) y$. Conjugate gradients start from
 * the given x, so the cost of a step is proportional to the entries, and no matrix is made per row. A row without
 * entries becomes 0.
 *
 * Works on arrays, whatever backend is in use. The solution of a row does not depend on the other rows, so that large
 * problems can be solved in parts that share $Y^T Y + \lambda I$; see `computeLeastSquaresGram`.
 *
 * @shape rows `[row, dim]`, columns `[column, dim]`, confidences `[entry]`
 * @throws {RecsysError} `invalid-argument` if lengths disagree or an entry is not a column
 * @source Hu, Koren, Volinsky, ICDM 2008, https://doi.org/10.1109/ICDM.2008.22; Takács, Pilászy, Tikk, RecSys 2011
 */
export function solveLeastSquares(problem: LeastSquares): void {
  assertProblem(problem);
  runKernel('solveLeastSquares', problem, leastSquaresDefinition);
}

/**
 * Gram matrix of least squares: $Y^T Y + \lambda I$, which all rows of `solveLeastSquares` have in common.
 *
 * @shape columns `[column, dim]` → `[dim, dim]`
 * @throws {RecsysError} `invalid-argument` if `columns` are not rows of `dim` numbers
 * @source Hu, Koren, Volinsky, ICDM 2008, https://doi.org/10.1109/ICDM.2008.22
 */
export function computeLeastSquaresGram(problem: LeastSquaresGram): Float32Array {
  const { dim, columns } = problem;
  assertInteger('computeLeastSquaresGram(dim)', dim);
  if (columns.length % dim !== 0)
    invalid('computeLeastSquaresGram(columns)', `rows of ${dim} numbers`, `${columns.length} numbers`);
  return runKernel('leastSquaresGram', problem, leastSquaresGramDefinition);
}

/** The definition of `computeLeastSquaresGram` in JavaScript. */
export function leastSquaresGramDefinition({ dim, columns, regularization }: LeastSquaresGram): Float32Array {
  return Float32Array.from(computeGram(columns, dim, regularization));
}

function assertProblem(problem: LeastSquares): void {
  const { dim, rows, columns, entries, confidences, regularizations, steps, gram } = problem;
  assertInteger('solveLeastSquares(dim)', dim);
  assertInteger('solveLeastSquares(steps)', steps);
  const rowCount = entries.offsets.length - 1;
  if (rows.length !== rowCount * dim) invalid('solveLeastSquares(rows)', `${rowCount} × ${dim} numbers`, rows.length);
  if (confidences.length !== entries.ids.length)
    invalid('solveLeastSquares(confidences)', `${entries.ids.length} numbers`, confidences.length);
  if (regularizations && regularizations.length !== rowCount)
    invalid('solveLeastSquares(regularizations)', `${rowCount} numbers, one per row`, regularizations.length);
  if (gram && gram.length !== dim * dim) invalid('solveLeastSquares(gram)', `${dim} × ${dim} numbers`, gram.length);
  assertSparseRows('solveLeastSquares', 'entries', entries, { idCount: columns.length / dim });
}

/** The definition of `solveLeastSquares` in JavaScript, in double precision. */
export function leastSquaresDefinition({
  dim,
  rows,
  columns,
  entries,
  confidences,
  regularization,
  regularizations,
  zeros = 'elsewhere',
  steps,
  gram: given,
}: LeastSquares): Float32Array {
  const { offsets, ids } = entries;
  const gram = given ?? computeGram(columns, dim, regularization); // YᵀY + λI
  for (let row = 0; row < offsets.length - 1; row++) {
    const [from, to] = [offsets[row]!, offsets[row + 1]!];
    const x = rows.subarray(row * dim, (row + 1) * dim);
    if (from === to) x.fill(0);
    else {
      const multiply = (v: Float64Array) => {
        const image = multiplySymmetric(gram, v);
        if (regularizations) addScaled(image, v, regularizations[row]!);
        for (let entry = from; entry < to; entry++) {
          const y = columns.subarray(ids[entry]! * dim, (ids[entry]! + 1) * dim);
          addScaled(image, y, (confidences[entry]! - 1) * dot(y, v));
        }
        return image;
      };
      const target = new Float64Array(dim); // Σ c y, or Σ (c − 1) y
      for (let entry = from; entry < to; entry++) {
        const weight = confidences[entry]! - (zeros === 'everywhere' ? 1 : 0);
        addScaled(target, columns.subarray(ids[entry]! * dim, (ids[entry]! + 1) * dim), weight);
      }
      x.set(solveByConjugateGradients(multiply, target, Float64Array.from(x), steps));
    }
  }
  return rows;
}

/**
 * Conjugate gradient method: improves the solution x of A x = b, where `multiply` computes A v and A is symmetric and
 * positive definite.
 */
function solveByConjugateGradients(
  multiply: (v: Float64Array) => Float64Array,
  b: Float64Array,
  x: Float64Array,
  steps: number,
): Float64Array {
  const residual = b.slice();
  addScaled(residual, multiply(x), -1);
  const direction = residual.slice();
  let square = dot(residual, residual);
  for (let step = 0; step < steps && square > 1e-20; step++) {
    const image = multiply(direction);
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

function multiplySymmetric(matrix: Numbers, v: Float64Array): Float64Array {
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
