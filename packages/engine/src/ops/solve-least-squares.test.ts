import { readFileSync } from 'node:fs';
import { createRng, fillNormal } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import { type LeastSquares, leastSquaresDefinition, solveLeastSquares } from './solve-least-squares.js';

interface Fixture extends Record<'columns' | 'offsets' | 'ids' | 'confidences' | 'solution', number[]> {
  readonly dim: number;
  readonly regularisation: number;
}

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/least-squares.json', import.meta.url), 'utf8'),
) as Fixture;

const problemOf = (more: Partial<LeastSquares> = {}): LeastSquares => ({
  dim: fixture.dim,
  rows: fillNormal(new Float32Array(fixture.solution.length), createRng(1)),
  columns: Float32Array.from(fixture.columns),
  entries: { offsets: Int32Array.from(fixture.offsets), ids: Int32Array.from(fixture.ids) },
  confidences: Float32Array.from(fixture.confidences),
  regularization: fixture.regularisation,
  steps: 2 * fixture.dim,
  ...more,
});

/** Entries at random: [row, column], about `share` of them. */
function drawnProblem(dim: number, steps: number): LeastSquares {
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

describe('solveLeastSquares', () => {
  it('solves the normal equations as numpy does', () => {
    const problem = problemOf();
    solveLeastSquares(problem);
    expectNear(problem.rows, fixture.solution, 1e-5);
  });

  it('does so by its definition', () => {
    const problem = problemOf();
    leastSquaresDefinition(problem);
    expectNear(problem.rows, fixture.solution, 1e-6);
  });

  for (const dim of [1, 2, 7, 16, 31, 128, 130])
    it(`goes where its definition goes in 3 steps, dim ${dim}`, () => {
      const [problem, definition] = [drawnProblem(dim, 3), drawnProblem(dim, 3)];
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
    const problem = problemOf();
    solveLeastSquares(problem);
    expect([...problem.rows.subarray(3 * 5, 4 * 5)]).toEqual([0, 0, 0, 0, 0]);
  });

  it('refuses columns that are not there, and lengths that disagree', () => {
    const ids = Int32Array.from(fixture.ids).fill(11, 2, 3);
    const entries = { offsets: Int32Array.from(fixture.offsets), ids };
    expect(() => solveLeastSquares(problemOf({ entries }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: solveLeastSquares(entries): expected columns from 0 to 10, received 11.]`,
    );
    expect(() => solveLeastSquares(problemOf({ rows: new Float32Array(3) }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: solveLeastSquares(rows): expected 7 × 5 numbers, received 3.]`,
    );
    expect(() => solveLeastSquares(problemOf({ confidences: new Float32Array(3) }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: solveLeastSquares(confidences): expected 38 numbers, received 3.]`,
    );
    expect(() => solveLeastSquares(problemOf({ steps: 0 }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: solveLeastSquares(steps): expected a positive integer, received 0.]`,
    );
  });
});

describe.runIf(loadNativeKernels())('solveLeastSquares in C++', () => {
  it('is what runs', () => {
    const [problem, definition] = [drawnProblem(31, 3), drawnProblem(31, 3)];
    solveLeastSquares(problem);
    leastSquaresDefinition(definition);
    expect(problem.rows).not.toEqual(definition.rows); // single precision against double
  });

  it('refuses offsets that leave the entries', () => {
    const entries = {
      offsets: Int32Array.from(fixture.offsets, (at, row) => (row === 2 ? 1000 : at)),
      ids: Int32Array.from(fixture.ids),
    };
    expect(() => solveLeastSquares(problemOf({ entries }))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: solveLeastSquares(offsets): expected 0, then ascending to the 38 entries, received others.]`,
    );
  });
});
