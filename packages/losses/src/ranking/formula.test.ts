import { describe, expect, it } from 'vitest';
import { bprLoss } from './bpr.js';
import { findFormula } from './formula.js';
import { warpLoss } from './warp.js';

describe('findFormula', () => {
  it('finds the formula and the options of a loss and of its copies', () => {
    expect(findFormula(warpLoss({ margin: 0.5 }))).toEqual({ name: 'warp', margin: 0.5, weight: 'harmonic' });
    expect(findFormula({ ...bprLoss(), negativeCount: 3 })).toEqual({ name: 'bpr' });
  });

  it('finds nothing for a copy with another compute', () => {
    const loss = bprLoss();
    expect(findFormula({ ...loss, compute: (scores) => loss.compute(scores) })).toBeUndefined();
  });
});
