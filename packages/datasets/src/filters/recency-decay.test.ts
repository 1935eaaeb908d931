import { describe, expect, it } from 'vitest';
import { createFilterPromises } from '../testing/describe-filter.js';
import { describePromises } from '../testing/describe-promises.js';
import { createSample } from '../testing/sample.js';
import type { Interactions } from '../types.js';
import { recencyDecay } from './recency-decay.js';

// It changes the weights, and nothing else.
const promises = createFilterPromises(recencyDecay({ halfLife: 7 }), { catalogue: 'whole' });
describePromises(
  'recencyDecay',
  promises.filter(([promise]) => !promise.startsWith('changes no remaining row')),
);

const day = 86_400;
const rows = (times: readonly number[], weights?: readonly number[]): Interactions => ({
  catalogue: { userCount: 1, itemCount: times.length, userIds: ['u'], itemIds: times.map((_, at) => `i${at}`) },
  users: new Int32Array(times.length),
  items: Int32Array.from(times, (_, at) => at),
  timestamps: Float64Array.from(times),
  ...(weights && { weights: Float32Array.from(weights) }),
});

describe('recencyDecay', () => {
  it('halves the weight once per half-life before the latest interaction', () => {
    const decayed = recencyDecay({ halfLife: 3 }).apply(rows([10 * day, 4 * day, 7 * day, 5.5 * day]));
    // ages 0, 6, 3 and 4.5 days: 1, 2^−2, 2^−1, 2^−1.5
    expect([...decayed.weights!]).toEqual([1, 0.25, 0.5, Math.fround(2 ** -1.5)]);
  });

  it('multiplies the weights that are there, and changes nothing else', () => {
    const decayed = recencyDecay({ halfLife: 2 }).apply(rows([2 * day, 0, 4 * day], [3, 8, 0]));
    expect([...decayed.weights!]).toEqual([1.5, 2, 0]);
    const sample = createSample();
    const { weights: _, ...rest } = recencyDecay({ halfLife: 2 }).apply(sample);
    const { weights: __, ...before } = sample;
    expect(rest).toEqual(before);
  });

  it('refuses data without times', () => {
    const { timestamps: _, ...timeless } = rows([1, 2]);
    expect(() => recencyDecay({ halfLife: 2 }).apply(timeless)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recencyDecay: expected interactions with times, received none. Name the column of the times.]`,
    );
    expect(() =>
      recencyDecay({ halfLife: 2 }).apply({ ...rows([1, 2]), positions: true }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recencyDecay: expected interactions with times, received positions in histories, which are no times. Name the column of the times.]`,
    );
  });

  it('has the half-life in its name and protocol', () => {
    const { name, protocol } = recencyDecay({ halfLife: 0.5 });
    expect([name, protocol]).toEqual(['recency-decay(0.5 days)', { name: 'recency-decay', halfLife: 0.5 }]);
  });
});
