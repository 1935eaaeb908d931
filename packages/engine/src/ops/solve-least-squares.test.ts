// structure: one system of equations, all of its options
import { readFileSync } from 'node:fs';
import { createRng, fillNormal } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../backends/kernels/load-kernels.js';
import * as leastSquares from './solve-least-squares.js';
import type { LeastSquares } from './types.js';

const { computeLeastSquaresGram, leastSquaresDefinition, leastSquaresGramDefinition, solveLeastSquares } = leastSquares;

interface Fixture extends Record<'columns' | 'offsets' | 'ids' | 'confidences' | 'solution', number[]> {
  readonly dim: number;
  readonly regularization: number;
}

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/least-squares.json', import.meta.url), 'utf8'),
) as Fixture;

const createProblem = (more: Partial<LeastSquares> = {}): LeastSquares => ({
  dim: fixture.dim,
  rows: fillNormal(new Float32Array(fixture.solution.length), createRng(1)),
  columns: Float32Array.from(fixture.columns),
  entries: { offsets: Int32Array.from(fixture.offsets), ids: Int32Array.from(fixture.ids) },
  confidences: Float32Array.from(fixture.confidences),
  regularization: fixture.regularization,
  steps: 2 * fixture.dim,
  ...more,
});

/** Draws a problem whose rows have different shares of all columns, the first none. */
function drawProblem(dim: number, steps: number): LeastSquares {
  const [rowCount, columnCount, rng] = [53, 97, createRng(dim)];
  const ids: number[] = [];
  const offsets = [0];
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) if (rng.next() < (row % 7) / 20) ids.push(column);
    offsets.push(ids.length);
  }
  return {
    dim,
    rows: fillNormal(new Float32Array(rowCount * dim), rng),
    columns: fillNormal(new Float32Array(columnCount * dim), rng),
    entries: { offsets: Int32Array.from(offsets), ids: Int32Array.from(ids) },
    confidences: Float32Array.from(ids, () => 1 + 5 * rng.next()),
    regularization: 0.7,
    steps,
  };
}

function expectNear(values: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(values.length).toBe(expected.length);
  expect(Math.max(...Array.from(values, (value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(tolerance);
}

describe('computeLeastSquaresGram', () => {
  it('adds up the products of the columns, and λ', () => {
    // Columns (1, 2), (3, 4), (5, 6), λ = ½: 1 + 9 + 25 + ½, 2 + 12 + 30, 4 + 16 + 36 + ½
    const problem = { dim: 2, columns: Float32Array.of(1, 2, 3, 4, 5, 6), regularization: 0.5 };
    expect([...computeLeastSquaresGram(problem)]).toEqual([35.5, 44, 44, 56.5]);
    expect([...leastSquaresGramDefinition(problem)]).toEqual([35.5, 44, 44, 56.5]);
  });

  it('refuses columns of other lengths', () => {
    expect(() =>
      computeLeastSquaresGram({ dim: 2, columns: new Float32Array(3), regularization: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: computeLeastSquaresGram(columns): expected rows of 2 numbers, received 3 numbers.]`,
    );
  });
});

/** Solves some rows of a problem. */
function solvePart(problem: LeastSquares, begin: number, end: number, gram: Float32Array): void {
  const { dim, rows, entries, confidences } = problem;
  const [from, to] = [entries.offsets[begin]!, entries.offsets[end]!];
  solveLeastSquares({
    ...problem,
    gram,
    rows: rows.subarray(begin * dim, end * dim),
    entries: {
      offsets: entries.offsets.subarray(begin, end + 1).map((offset) => offset - from),
      ids: entries.ids.subarray(from, to),
    },
    confidences: confidences.subarray(from, to),
  });
}

describe('solveLeastSquares', () => {
  it('adds the regularization of each row, and takes entries for zeros as well', () => {
    const problem = (): LeastSquares => ({
      dim: 1,
      rows: new Float32Array(2),
      columns: Float32Array.of(2),
      entries: { offsets: Int32Array.of(0, 1, 2), ids: Int32Array.of(0, 0) },
      confidences: Float32Array.of(4, 4),
      regularization: 1,
      regularizations: Float32Array.of(2, 0),
      steps: 2,
    });
    // x (y² + λ + λ_u + (c − 1) y²) = c y, or (c − 1) y: 8 / (4 + 1 + 2 + 12), without λ_u 8 / 17; 6 / 19, 6 / 17
    for (const solve of [solveLeastSquares, leastSquaresDefinition]) {
      const [elsewhere, everywhere] = [problem(), { ...problem(), zeros: 'everywhere' as const }];
      solve(elsewhere);
      solve(everywhere);
      expectNear(elsewhere.rows, [8 / 19, 8 / 17], 1e-6);
      expectNear(everywhere.rows, [6 / 19, 6 / 17], 1e-6);
    }
  });

  for (const dim of [1, 7, 16, 31, 130])
    it(`gives a row the same solution, to the last bit, in whatever part, dim ${dim}`, () => {
      const [whole, parts] = [drawProblem(dim, 3), drawProblem(dim, 3)];
      const gram = computeLeastSquaresGram(whole);
      solveLeastSquares({ ...whole, gram });
      const ends = [0, 1, 1, 17, 52, 53];
      for (const [at, end] of ends.slice(1).entries()) solvePart(parts, ends[at]!, end, gram);
      expect(parts.rows).toEqual(whole.rows);
    });

  it.runIf(loadNativeKernels())('gives the same solution, to the last bit, with and without the matrix', () => {
    const problems = [drawProblem(31, 3), drawProblem(31, 3)] as const;
    solveLeastSquares(problems[0]);
    solveLeastSquares({ ...problems[1], gram: computeLeastSquaresGram(problems[1]) });
    expect(problems[1].rows).toEqual(problems[0].rows);
  });

  it('solves the normal equations as numpy does', () => {
    const problem = createProblem();
    solveLeastSquares(problem);
    expectNear(problem.rows, fixture.solution, 1e-5);
  });

  it('solves them by its definition too', () => {
    const problem = createProblem();
    leastSquaresDefinition(problem);
    expectNear(problem.rows, fixture.solution, 1e-6);
  });

  for (const dim of [1, 2, 7, 16, 31, 128, 130])
    it(`equals its definition after 3 steps, dim ${dim}`, () => {
      const [problem, definition] = [drawProblem(dim, 3), drawProblem(dim, 3)];
      solveLeastSquares(problem);
      leastSquaresDefinition(definition);
      expectNear(problem.rows, definition.rows, 2e-4);
    });

  it('solves one equation by hand', () => {
    // One column y = 2 with confidence 3, λ = 1: x = 3 · 2 / (4 + 1 + (3 − 1) · 4) = 6 / 13
    const rows = Float32Array.of(0);
    const entries = { offsets: Int32Array.of(0, 1), ids: Int32Array.of(0) };
    solveLeastSquares({
      dim: 1,
      rows,
      columns: Float32Array.of(2),
      entries,
      confidences: Float32Array.of(3),
      regularization: 1,
      steps: 1,
    });
    expect(rows[0]).toBeCloseTo(6 / 13, 6);
  });

  it('gives the zero vector to a row without entries', () => {
    const problem = createProblem();
    solveLeastSquares(problem);
    expect([...problem.rows.subarray(3 * 5, 4 * 5)]).toEqual([0, 0, 0, 0, 0]);
  });

  it('refuses columns out of range, lengths that disagree and offsets that do not ascend', () => {
    const ids = Int32Array.from(fixture.ids).fill(11, 2, 3);
    const entries = { offsets: Int32Array.from(fixture.offsets), ids };
    expect(() => solveLeastSquares(createProblem({ entries }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: solveLeastSquares(entries.ids): expected ids from 0 to 10, received 11 at position 2.]`,
    );
    const offsets = Int32Array.from(fixture.offsets, (at, row) => (row === 2 ? 1000 : at));
    expect(() =>
      solveLeastSquares(createProblem({ entries: { offsets, ids: Int32Array.from(fixture.ids) } })),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: solveLeastSquares(entries.offsets): expected 0, then ascending to the 38 entries, received [0, 4, 1000, 20, 20, 27, 32, 38].]`,
    );
    expect(() => solveLeastSquares(createProblem({ rows: new Float32Array(3) }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: solveLeastSquares(rows): expected 7 × 5 numbers, received 3.]`,
    );
    expect(() =>
      solveLeastSquares(createProblem({ confidences: new Float32Array(3) })),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: solveLeastSquares(confidences): expected 38 numbers, received 3.]`,
    );
    expect(() => solveLeastSquares(createProblem({ gram: new Float32Array(3) }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: solveLeastSquares(gram): expected 5 × 5 numbers, received 3.]`,
    );
    expect(() => solveLeastSquares(createProblem({ regularizations: new Float32Array(3) }))).toThrow(
      'solveLeastSquares(regularizations): expected 7 numbers, one per row, received 3.',
    );
    expect(() => solveLeastSquares(createProblem({ steps: 0 }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: solveLeastSquares(steps): expected a positive integer, received 0.]`,
    );
  });
});

describe.runIf(loadNativeKernels())('solveLeastSquares in C++', () => {
  it('runs instead of the definition', () => {
    const [problem, definition] = [drawProblem(31, 3), drawProblem(31, 3)];
    solveLeastSquares(problem);
    leastSquaresDefinition(definition);
    expect(problem.rows).not.toEqual(definition.rows); // single precision against double
  });

  it('refuses offsets beyond the entries itself', () => {
    const entries = {
      offsets: Int32Array.from(fixture.offsets, (at, row) => (row === 2 ? 1000 : at)),
      ids: Int32Array.from(fixture.ids),
    };
    const { rows: outRows, columns: fixed, entries: _, ...problem } = createProblem({ entries });
    expect(() =>
      loadNativeKernels()!.solveLeastSquares({ ...problem, ...entries, outRows, fixed }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: solveLeastSquares(offsets): expected 0, then ascending to the 38 entries, received others.]`,
    );
  });
});
