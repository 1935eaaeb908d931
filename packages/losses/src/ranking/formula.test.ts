import { describe, expect, it } from 'vitest';
import { bprLoss } from './bpr.js';
import { findFormula } from './formula.js';
import { warpLoss } from './warp.js';

describe('findFormula', () => {
  it('knows a loss and its options, copies too', () => {
    expect(findFormula(warpLoss({ margin: 0.5 }))).toEqual({ name: 'warp', margin: 0.5, weight: 'harmonic' });
    expect(findFormula({ ...bprLoss(), negativeCount: 3 })).toEqual({ name: 'bpr' });
  });

  it('does not take a copy that computes something else for the original', () => {
    const loss = bprLoss();
    expect(findFormula({ ...loss, compute: (scores) => loss.compute(scores) })).toBeUndefined();
  });
});
