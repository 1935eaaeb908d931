import { readFileSync } from 'node:fs';
import { createRng, type Progress } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { describeSolver } from '../testing/describe-solver.js';
import { createFormulaQueries, formulaInteractions } from '../testing/formula-choices.js';
import { createQueries } from '../testing/queries.js';
import { type IalsOptions, ials } from './ials.js';

describeSolver('ials', ials({ dim: 3, iterations: 2 }));
describeSolver('ials revisited', ials({ dim: 3, iterations: 2, unobservedWeight: 0.1, frequencyExponent: 1 }));

/** Users 0 and 1 choose items 0 and 1, user 1 item 0 twice; user 2 chooses item 2; no user chooses item 3. */
const train: Interactions = {
  catalogue: { userCount: 3, itemCount: 4, userIds: ['a', 'b', 'c'], itemIds: ['w', 'x', 'y', 'z'] },
  users: Int32Array.of(0, 1, 2, 1, 0, 1),
  items: Int32Array.of(0, 0, 2, 1, 1, 0),
};

/** 1 for the first choice of an item by a user, 0 for its repetitions. */
function countOnce({ users, items }: Interactions): Float32Array {
  const seen = new Set<string>();
  return Float32Array.from(users, (user, at) => {
    const pair = `${user} ${items[at]}`;
    const isNew = !seen.has(pair);
    seen.add(pair);
    return isNew ? 1 : 0;
  });
}

describe('ials', () => {
  it('solves one choice as computed by hand', () => {
    const one = {
      catalogue: { userCount: 1, itemCount: 1, userIds: ['a'], itemIds: ['w'] },
      users: Int32Array.of(0),
      items: Int32Array.of(0),
    };
    const scorer = ials({ dim: 1, regularization: 0.5, confidence: 3, iterations: 200 }).solve(one, createRng(3));
    // x = c y / (c y² + λ), y = c x / (c x² + λ): x² = y² = 1 − λ / c with c = 4, so |x y| = 0.875, and x y > 0
    expect(scorer.score(createQueries([0], 'user')).dataSync()[0]).toBeCloseTo(0.875, 4);
  });

  it('predicts the choices', () => {
    const scores = ials({ dim: 3, iterations: 30 })
      .solve(train, createRng(1))
      .score(createQueries([0, 1, 2], 'user'))
      .dataSync();
    const chosen = [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0];
    for (const [at, score] of scores.entries()) expect(score).toBeCloseTo(chosen[at]!, 1);
  });

  it('agrees with alternations of exact solutions in numpy, revisited', () => {
    // from tooling/fixtures/neighbors.py, whose choices count once
    const { options, scores } = (
      JSON.parse(readFileSync(new URL('../../fixtures/neighbors.json', import.meta.url), 'utf8')) as {
        ials: { options: IalsOptions; scores: number[] };
      }
    ).ials;
    const once = { ...formulaInteractions, weights: countOnce(formulaInteractions) };
    const scorer = ials({ ...options, iterations: 400 }).solve(once, createRng(1));
    expectClose(scorer.score(createFormulaQueries()).dataSync(), scores, 2e-3);
    if (scorer.reads !== 'user' || scorer.histories.refusal !== undefined) throw new Error('expected fold-in');
    const { offsets, ids } = createFormulaQueries().baskets!;
    const foldedIn = scorer.histories.score(ids.subarray(offsets[6]!, offsets[7]!)).dataSync();
    expectClose(foldedIn, scores.slice(6 * 37), 2e-3);
  });

  it('reports how many vectors of users and items it has solved for', () => {
    const reports: Progress[] = [];
    ials({ dim: 3, iterations: 3 }).solve(train, createRng(1), (progress) => void reports.push(progress));
    expect(reports.map(({ done }) => done)).toEqual([3, 7, 10, 14, 17, 21]); // 3 users, 4 items
    expect(reports[0]).toEqual({ label: 'solve', done: 3, total: 21, unit: 'rows' });
  });

  it('weights an item by how often it was chosen', () => {
    // In one dimension with a low confidence, the prediction for a user who chose twice is nearer to 1.
    const twice = { ...train, users: Int32Array.of(0, 1, 1), items: Int32Array.of(0, 0, 0) };
    const scores = ials({ dim: 1, regularization: 1, confidence: 2, iterations: 50 })
      .solve(twice, createRng(1))
      .score(createQueries([0, 1], 'user'))
      .dataSync();
    expect(scores[4]).toBeGreaterThan(scores[0]! + 0.05);
  });

  it('takes weights of interactions as numbers of choices; those with 0 are left out', () => {
    const solve = (given: Interactions) =>
      ials({ dim: 2, iterations: 3 })
        .solve(given, createRng(1))
        .score(createQueries([0, 1, 2], 'user'))
        .dataSync();
    const weighted = {
      catalogue: train.catalogue,
      users: Int32Array.of(0, 1, 2, 1, 0, 2),
      items: Int32Array.of(0, 0, 2, 1, 1, 3),
      weights: Float32Array.of(1, 2, 1, 1, 1, 0),
    };
    expect(solve(weighted)).toEqual(solve(train)); // user 1 chose item 0 twice
  });

  it('folds in a history by the normal equations, and lists the vectors of the items', () => {
    const [dim, confidence, regularization] = [3, 5, 0.3];
    const scorer = ials({ dim, confidence, regularization, iterations: 4 }).solve(train, createRng(1));
    if (scorer.reads !== 'user' || scorer.histories.refusal !== undefined) throw new Error('expected fold-in');
    const y = scorer.itemVectors!().arraySync() as number[][];
    const history = [0, 3, 0]; // item 0 twice, item 3 once
    const c = [1 + 2 * confidence, 1, 1, 1 + confidence];
    const scores = [...scorer.histories.score(Int32Array.from(history)).dataSync()];
    // the solution x of (YᵀCY + λI) x = YᵀCp is where the gradient of the objective is zero; scores are Y x, so
    // x follows from the scores by (YᵀY)⁻¹ Yᵀ s, and Yᵀ C (p − s) = λ x
    const slope = [0, 1, 2].map(
      (d) =>
        y.reduce((sum, row, i) => sum + row[d]! * c[i]! * ((history.includes(i) ? 1 : 0) - scores[i]!), 0) /
        regularization,
    );
    const again = y.map((row) => row.reduce((sum, value, d) => sum + value * slope[d]!, 0));
    for (const [item, score] of scores.entries()) expect(again[item]).toBeCloseTo(score, 3);
  });

  it('folds in the history of a known user close to the vector of that user', () => {
    const scorer = ials({ dim: 3, iterations: 200, regularization: 0.1 }).solve(train, createRng(1));
    if (scorer.reads !== 'user' || scorer.histories.refusal !== undefined) throw new Error('expected fold-in');
    const known = scorer.score(createQueries([1], 'user')).dataSync();
    for (const [item, score] of scorer.histories
      .score(Int32Array.of(0, 1, 0))
      .dataSync()
      .entries())
      expect(score).toBeCloseTo(known[item]!, 2);
  });

  it('refuses options out of range', () => {
    expect(() => ials({ dim: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ials(dim): expected a positive integer, received 0.]`,
    );
    expect(() => ials({ dim: 2, regularization: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ials(regularization): expected a finite number from 0, received -1.]`,
    );
    expect(() => ials({ dim: 2, confidence: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ials(confidence): expected a positive number, received 0.]`,
    );
    expect(() => ials({ dim: 2, unobservedWeight: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ials(unobservedWeight): expected a positive number, received 0.]`,
    );
    expect(() => ials({ dim: 2, unobservedWeight: 0.1, confidence: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ials(confidence): expected none with unobservedWeight, where each choice has weight 1, received 4.]`,
    );
    expect(() => ials({ dim: 2, frequencyExponent: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ials(frequencyExponent): expected a finite number from 0, received -1.]`,
    );
    expect(() => ials({ dim: 2, iterations: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ials(iterations): expected a positive integer, received 1.5.]`,
    );
  });
});
