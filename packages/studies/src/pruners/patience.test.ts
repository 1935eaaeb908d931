import { describe, expect, it } from 'vitest';
import { noPruner } from './none.js';
import { patiencePruner } from './patience.js';
import { countReports } from './pruners.fixture.js';

describe('patiencePruner', () => {
  it('stops after more reports without an improvement than it allows', () => {
    expect(countReports(patiencePruner({ patience: 1 }), [], [3, 2, 2.5, 2.5, 2.5])).toBe(4);
    expect(countReports(patiencePruner({ patience: 0 }), [], [3, 2, 2.5, 2.5])).toBe(3);
    expect(countReports(patiencePruner({ patience: 1 }), [], [3, 2, 2, 2, 2])).toBe(5); // equal is not worse
    expect(countReports(patiencePruner({ patience: 1 }), [], [1, 2, 1.5, 1.4, 1.3], 'maximize')).toBe(4);
    expect(countReports(patiencePruner({ patience: 0, minimumDifference: 0.6 }), [], [2, 2.5, 2.7])).toBe(3);
  });

  it('leaves the decision to another pruner', () => {
    expect(countReports(patiencePruner({ patience: 0, pruner: noPruner() }), [], [1, 2, 3])).toBe(3);
  });
});
