import { describe, expect, it } from 'vitest';
import type { PenaltyWeight } from '../types.js';
import { annealed, constantPenalty } from './penalty-weight.js';

/** Weights at these steps of epochs of 10 steps. */
const listWeights = ({ weight }: PenaltyWeight, steps: readonly number[]) =>
  steps.map((step) => weight({ step, progress: step / 10 }));

describe('annealed', () => {
  it('rises from 0 to its cap over steps, and stays there', () =>
    expect(listWeights(annealed({ cap: 0.5, steps: 20 }), [0, 5, 20, 30])).toEqual([0, 0.125, 0.5, 0.5]));

  it('rises over epochs', () =>
    expect(listWeights(annealed({ cap: 0.5, epochs: 4 }), [0, 10, 35, 40, 50])).toEqual([0, 0.125, 0.4375, 0.5, 0.5]));

  it('keeps its slope up to a lower cap', () => {
    expect(listWeights(annealed({ cap: 1, steps: 20 }).withCap(0.25), [0, 4, 5, 20])).toEqual([0, 0.2, 0.25, 0.25]);
    expect(annealed({ cap: 1, steps: 20 }).withCap(0.25).protocol).toEqual({ name: 'annealed', cap: 0.25, steps: 5 });
    expect(annealed({ cap: 0.2, epochs: 4 }).withCap(1).protocol).toEqual({ name: 'annealed', cap: 0.2, epochs: 4 });
    expect(annealed({ cap: 0.2, epochs: 4 }).withCap(0).protocol).toEqual({ name: 'constant', weight: 0 });
  });

  it('reaches another final weight at the same time', () => {
    expect(listWeights(annealed({ cap: 1, steps: 20 }).scaledTo(0.25), [0, 5, 10, 20, 30])).toEqual([
      0, 0.0625, 0.125, 0.25, 0.25,
    ]);
    expect(annealed({ cap: 1, epochs: 4 }).scaledTo(0.44).protocol).toEqual({ name: 'annealed', cap: 0.44, epochs: 4 });
    expect(annealed({ cap: 1, epochs: 4 }).scaledTo(0).protocol).toEqual({ name: 'constant', weight: 0 });
  });

  it('is final from the end of its rise', () => {
    const { isFinal } = annealed({ cap: 0.3, epochs: 4 });
    expect([0, 39, 40, 41].map((step) => isFinal({ step, progress: step / 10 }))).toEqual([false, false, true, true]);
    expect(annealed({ cap: 0.3, steps: 7 }).isFinal({ step: 7, progress: 0.1 })).toBe(true);
  });

  it('refuses options out of range', () => {
    expect(() => annealed({ cap: 0, epochs: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: annealed(cap): expected a positive number, received 0. For no penalty, take constantPenalty({ weight: 0 }).]`,
    );
    expect(() => annealed({ cap: 1, steps: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: annealed(steps): expected a positive number, received 0.]`,
    );
  });
});

describe('constantPenalty', () => {
  it('is final from the start, and takes another final weight', () => {
    expect(constantPenalty({ weight: 0.2 }).isFinal({ step: 0, progress: 0 })).toBe(true);
    expect(listWeights(constantPenalty({ weight: 0.2 }).scaledTo(0.5), [0, 7])).toEqual([0.5, 0.5]);
  });

  it('is the same throughout, limited by a cap', () => {
    expect(listWeights(constantPenalty({ weight: 0.2 }), [0, 7])).toEqual([0.2, 0.2]);
    expect(constantPenalty({ weight: 0.2 }).withCap(0.1).name).toBe('constant(0.1)');
  });

  it('refuses weights below 0', () =>
    expect(() => constantPenalty({ weight: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: constantPenalty(weight): expected a finite number from 0, received -1.]`,
    ));
});
