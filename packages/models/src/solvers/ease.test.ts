import { readFileSync } from 'node:fs';
import { createRng, type Progress } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { describeSolver } from '../testing/describe-solver.js';
import type { Queries } from '../types.js';
import { ease } from './ease.js';
import { invertNegated } from './invert-negated.js';

describeSolver('ease', ease({ regularization: 2 }));

/** Values of numpy in double precision, from tooling/fixtures/autoencoders.py, which creates the same baskets. */
const numpy = (
  JSON.parse(readFileSync(new URL('../../fixtures/autoencoders.json', import.meta.url), 'utf8')) as {
    ease: { regularization: number; scores: number[] };
  }
).ease;
const sets = Array.from({ length: 61 }, (_, user) =>
  Array.from({ length: 2 + (user % 11) }, (_, k) => (user * user + 3 * user * k + k ** 3) % 37),
);

function createInteractions(rows: readonly (readonly number[])[], itemCount: number): Interactions {
  const userCount = rows.length;
  return {
    catalogue: { userCount, itemCount, userIds: new Int32Array(userCount), itemIds: new Int32Array(itemCount) },
    users: Int32Array.from(rows.flatMap((items, user) => items.map(() => user))),
    items: Int32Array.from(rows.flat()),
  };
}

function createQueries(rows: readonly (readonly number[])[]): Queries {
  const distinct = rows.map((items) => [...new Set(items)]);
  const offsets = new Int32Array(rows.length + 1);
  for (const [row, items] of distinct.entries()) offsets[row + 1] = offsets[row]! + items.length;
  return {
    users: tf.zeros([rows.length], 'int32'),
    history: tf.zeros([rows.length, 1], 'int32'),
    mask: tf.zeros([rows.length, 1]),
    baskets: { offsets, ids: Int32Array.from(distinct.flat()) },
  };
}

describeOnBackends('ease', () => {
  it('agrees with numpy', () => {
    const scorer = ease({ regularization: numpy.regularization }).solve(createInteractions(sets, 37), createRng(1));
    expectClose(scorer.score(createQueries(sets.slice(0, 5))).dataSync(), numpy.scores);
  });

  it('equals the equation for two items', () => {
    // XᵀX + λI = [[2 + 1, 1], [1, 1 + 1]], P = [[2, −1], [−1, 3]] / 5, B₀₁ = 1/3, B₁₀ = 1/2
    const scorer = ease({ regularization: 1 }).solve(createInteractions([[0, 1], [0]], 2), createRng(1));
    expectClose(scorer.score(createQueries([[0], [1], [0, 1]])).dataSync(), [0, 1 / 3, 1 / 2, 0, 1 / 2, 1 / 3]);
  });

  it('has the weights from an item as its similarities', () => {
    const scorer = ease({ regularization: 1 }).solve(createInteractions([[0, 1], [0]], 2), createRng(1));
    expectClose(scorer.similarities!(0).dataSync(), [0, 1 / 3]);
    expectClose(scorer.similarities!(1).dataSync(), [1 / 2, 0]);
  });

  it('reports progress to the end', () => {
    const reports: Progress[] = [];
    ease({ regularization: 2 }).solve(
      createInteractions(sets, 37),
      createRng(1),
      (progress) => void reports.push(progress),
    );
    expect(reports.at(-1)).toEqual({ label: 'solve', done: 37, total: 37, unit: 'rows' });
  });

  it('inverts in blocks as it inverts at once', () => {
    const size = 43;
    const rows = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => (i === j ? 3 + (i % 5) : Math.cos(i * j) / size)),
    );
    const symmetric = Float32Array.from(rows.flatMap((row, i) => row.map((_, j) => (rows[i]![j]! + rows[j]![i]!) / 2)));
    const inverse = symmetric.slice();
    invertNegated(inverse, size, 7);
    const whole = symmetric.slice();
    invertNegated(whole, size, size);
    const upper = (matrix: Float32Array) => matrix.filter((_, at) => at % size >= Math.floor(at / size));
    expectClose(upper(inverse), upper(whole));
    // Each entry is a row of A times a column of −A⁻¹.
    const entry = (i: number, j: number) => inverse[Math.min(i, j) * size + Math.max(i, j)]!;
    for (const [i, j] of [
      [4, 4],
      [4, 31],
      [42, 0],
    ] as const) {
      const product = Array.from({ length: size }, (_, k) => symmetric[i * size + k]! * entry(k, j)).reduce(
        (sum, value) => sum + value,
        0,
      );
      expect(product).toBeCloseTo(i === j ? -1 : 0, 5);
    }
  });
});

describe('ease', () => {
  it('counts an item that was chosen twice once', () => {
    const score = (rows: number[][]) =>
      ease({ regularization: 1 })
        .solve(createInteractions(rows, 3), createRng(1))
        .score(createQueries([[0]]))
        .dataSync();
    expect(score([[0, 1, 0], [2]])).toEqual(score([[0, 1], [2]]));
  });

  it('says before it begins that a catalogue does not fit into memory', () => {
    expect(() => ease({ regularization: 1 }).solve(createInteractions([[0, 1]], 2 ** 20), createRng(1))).toThrow(
      'ease: expected memory for a matrix of 1048576 × 1048576 weights, 4398.0 GB, received less. Leave out rare items',
    );
  });

  it('refuses options out of range, and queries without baskets', () => {
    expect(() => ease({ regularization: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ease(regularization): expected a positive number, received 0.]`,
    );
    const scorer = ease({ regularization: 1 }).solve(createInteractions([[0, 1]], 3), createRng(1));
    const { baskets: _, ...without } = createQueries([[0]]);
    expect(() => scorer.score(without)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ease.score(queries): expected queries with baskets, received none.]`,
    );
    expect(() => invertNegated(Float32Array.of(1, 2, 2, 1), 2)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ease: expected a positive definite matrix, received pivot -3 in row 1. Increase the regularization.]`,
    );
  });
});
