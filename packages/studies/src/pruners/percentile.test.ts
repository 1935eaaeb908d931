import { describe, expect, it } from 'vitest';
import { medianPruner, percentilePruner } from './percentile.js';
import { countReports, createRecord } from './pruners.fixture.js';

// At step 0 the reports are 1 … 5, at step 1 they are 0.1 … 0.5.
const complete = [1, 2, 3, 4, 5].map((value, number) => createRecord(number, [value, value / 10]));

describe('medianPruner', () => {
  it('stops what is worse than the median of the same step', () => {
    expect(countReports(medianPruner(), complete, [3, 0.3, 9])).toBe(3); // equal is not worse
    expect(countReports(medianPruner(), complete, [3.1, 0])).toBe(1);
    expect(countReports(medianPruner(), complete, [3, 0.31])).toBe(2);
    expect(countReports(medianPruner(), complete, [0.2, 7])).toBe(2); // its best report counts
    expect(countReports(medianPruner(), complete, [2, 1], 'maximize')).toBe(1);
    expect(countReports(medianPruner(), complete, [Number.NaN, 0])).toBe(1);
  });

  it('waits for trials and steps', () => {
    expect(countReports(medianPruner({ startupTrials: 6 }), complete, [9, 9])).toBe(2);
    expect(countReports(medianPruner({ warmupSteps: 1 }), complete, [9, 9, 9])).toBe(2);
    expect(countReports(medianPruner({ intervalSteps: 2 }), complete, [3, 9, 9])).toBe(3);
    expect(countReports(medianPruner({ minimumTrials: 6 }), complete, [9, 9])).toBe(2);
  });
});

describe('percentilePruner', () => {
  it('lets a quarter go on: 1 + 0.25 · 4 = 2', () => {
    expect(countReports(percentilePruner(25), complete, [2, 0.2])).toBe(2);
    expect(countReports(percentilePruner(25), complete, [2.01, 0.2])).toBe(1);
    expect(countReports(percentilePruner(25), complete, [4, 0.4], 'maximize')).toBe(2);
    expect(countReports(percentilePruner(25), complete, [3.99, 0.4], 'maximize')).toBe(1);
  });
});
