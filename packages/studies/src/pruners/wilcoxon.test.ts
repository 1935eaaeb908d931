import { describe, expect, it } from 'vitest';
import { countReports, createRecord } from './pruners.fixture.js';
import { wilcoxonPruner } from './wilcoxon.js';

// Five repetitions of the best trial; its value is the last report of the fixture, 0.3.
const best = createRecord(0, [0.1, 0.2, 0.3, 0.2, 0.3]);

describe('wilcoxonPruner', () => {
  it('stops what is significantly worse: four positive signs have p = 1/16 < 0.1', () => {
    expect(countReports(wilcoxonPruner(), [best], [0.5, 0.7, 0.9, 0.9, 0.9])).toBe(4);
    expect(countReports(wilcoxonPruner({ threshold: 0.05 }), [best], [0.5, 0.7, 0.9, 0.95, 1])).toBe(5); // 1/32
    expect(countReports(wilcoxonPruner(), [best], [-0.5, -0.7, -0.9, -0.8], 'maximize')).toBe(4);
    expect(countReports(wilcoxonPruner({ startupSteps: 5 }), [best], [0.5, 0.7, 0.9, 0.95, 1])).toBe(5);
  });

  it('lets go on what is better, incomparable or without a best trial', () => {
    expect(countReports(wilcoxonPruner(), [best], [0, 0.1, 0.2, 0.1, 0.2])).toBe(5);
    expect(countReports(wilcoxonPruner(), [], [9, 9, 9, 9, 9])).toBe(5);
    expect(countReports(wilcoxonPruner(), [best], [Infinity, 9, 9, 9, 9])).toBe(5);
    expect(countReports(wilcoxonPruner(), [createRecord(0, [])], [9, 9, 9, 9, 9])).toBe(5);
  });
});
