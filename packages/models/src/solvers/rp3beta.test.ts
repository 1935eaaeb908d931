import { readFileSync } from 'node:fs';
import { createRng, type Progress } from '@footlight/core';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { describeSolver } from '../testing/describe-solver.js';
import { createFormulaQueries, formulaInteractions } from '../testing/formula-choices.js';
import { type Rp3BetaOptions, rp3beta } from './rp3beta.js';

describeSolver('rp3beta', rp3beta({ neighbors: 2 }));
describeSolver('rp3beta with more neighbors than items', rp3beta({ neighbors: 11, alpha: 0.5, beta: 0 }));

/** Values of numpy in double precision, from tooling/fixtures/neighbors.py. */
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/neighbors.json', import.meta.url), 'utf8')) as {
  rp3beta: { options: Rp3BetaOptions; scores: number[] }[];
};

describeOnBackends('rp3beta', () => {
  it.each(fixture.rp3beta)('agrees with numpy, $options', ({ options, scores }) => {
    const scorer = rp3beta(options).solve(formulaInteractions, createRng(1));
    expectClose(scorer.score(createFormulaQueries()).dataSync(), scores);
  });
});

describe('rp3beta', () => {
  it('walks from the history over users, and divides by popularity', () => {
    // Users {0, 1}, {0}, {1, 2}: from 0 over the first user to 1: ½ · ½ / √2; from 1 over the third to 2: ½ · ½ / 1
    const train = {
      catalogue: { userCount: 3, itemCount: 3, userIds: ['a', 'b', 'c'], itemIds: ['x', 'y', 'z'] },
      users: Int32Array.of(0, 0, 1, 2, 2),
      items: Int32Array.of(0, 1, 0, 1, 2),
    };
    const scorer = rp3beta({ beta: 0.5 }).solve(train, createRng(1));
    expectClose(scorer.similarities!(0).dataSync(), [0, 1 / 4 / Math.SQRT2, 0]);
    expectClose(scorer.similarities!(1).dataSync(), [1 / 4 / Math.SQRT2, 0, 1 / 4]);
  });

  it('reports progress to the end', () => {
    const reports: Progress[] = [];
    rp3beta().solve(formulaInteractions, createRng(1), (progress) => void reports.push(progress));
    expect(reports.at(-1)).toEqual({ label: 'solve', done: 37, total: 37, unit: 'rows' });
  });

  it('refuses options out of range', () => {
    expect(() => rp3beta({ neighbors: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rp3beta(neighbors): expected a positive integer, received 0.]`,
    );
    expect(() => rp3beta({ alpha: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rp3beta(alpha): expected a finite number from 0, received -1.]`,
    );
    expect(() => rp3beta({ beta: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rp3beta(beta): expected a finite number from 0, received NaN.]`,
    );
  });
});
