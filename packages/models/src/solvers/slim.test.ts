import { readFileSync } from 'node:fs';
import { createRng, type Progress } from '@footlight/core';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { describeSolver } from '../testing/describe-solver.js';
import { createFormulaQueries, formulaInteractions } from '../testing/formula-choices.js';
import { type SlimOptions, slim } from './slim.js';

describeSolver('slim', slim({ neighbors: 3, l1: 0.1 }));
describeSolver('slim with more neighbors than items', slim({ neighbors: 11, l1: 0, nonNegative: false }));

/** Values of numpy and scipy in double precision, from tooling/fixtures/neighbors.py. */
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/neighbors.json', import.meta.url), 'utf8')) as {
  slim: { options: SlimOptions; scores: number[] }[];
};

describeOnBackends('slim', () => {
  it.each(fixture.slim)('agrees with numpy, $options', ({ options, scores }) => {
    const scorer = slim({ ...options, neighbors: 37, iterations: 1000, tolerance: 1e-9 }).solve(
      formulaInteractions,
      createRng(1),
    );
    expectClose(scorer.score(createFormulaQueries()).dataSync(), scores);
  });
});

describe('slim', () => {
  it('equals the solution of two items by hand, and keeps the largest weights', () => {
    // Users {0, 1}, {0, 1}, {0}: w₁ from 0: (2 − λ₁) / (3 + λ₂), w₀ from 1: (2 − λ₁) / (2 + λ₂)
    const train = {
      catalogue: { userCount: 3, itemCount: 3, userIds: ['a', 'b', 'c'], itemIds: ['x', 'y', 'z'] },
      users: Int32Array.of(0, 0, 1, 1, 2, 2),
      items: Int32Array.of(0, 1, 0, 1, 0, 0),
    };
    const scorer = slim({ l1: 0.5, l2: 2, neighbors: 1 }).solve(train, createRng(1));
    expectClose(scorer.similarities!(0).dataSync(), [0, 1.5 / 4, 0]);
    expectClose(scorer.similarities!(1).dataSync(), [1.5 / 5, 0, 0]);
    expectClose(scorer.similarities!(2).dataSync(), [0, 0, 0]);
  });

  it('has no weights where the L1 penalty is not below the common users', () => {
    const scorer = slim({ l1: 61 }).solve(formulaInteractions, createRng(1));
    expect(
      scorer
        .score(createFormulaQueries())
        .dataSync()
        .every((score) => score === 0),
    ).toBe(true);
  });

  it('reports progress to the end', () => {
    const reports: Progress[] = [];
    slim().solve(formulaInteractions, createRng(1), (progress) => void reports.push(progress));
    expect(reports.at(-1)).toEqual({ label: 'solve', done: 37, total: 37, unit: 'rows' });
  });

  it('refuses options out of range', () => {
    expect(() => slim({ l1: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: slim(l1): expected a finite number from 0, received -1.]`,
    );
    expect(() => slim({ l2: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: slim(l2): expected a positive number, received 0.]`,
    );
    expect(() => slim({ tolerance: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: slim(tolerance): expected a positive number, received 0.]`,
    );
  });
});
