import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { inMemory } from './in-memory.js';

const interactions = createInteractions([
  [0, 1],
  [1, 0],
]);

describe('inMemory', () => {
  it('returns the interactions', async () => {
    const dataset = inMemory(interactions, { name: 'ratings' });
    expect(await dataset.load({ rng: createRng(1) })).toBe(interactions);
    expect([dataset.name, dataset.columns]).toEqual(['in-memory(ratings)', { ratings: true, timestamps: true }]);
  });

  it('has another fingerprint if a value or a column differs', () => {
    const { ratings, timestamps, ...pairs } = interactions;
    const fingerprints = [
      interactions,
      pairs,
      { ...pairs, ratings: ratings! },
      { ...pairs, timestamps: timestamps! },
      { ...interactions, items: Int32Array.of(1, 1) },
      { ...interactions, parts: Uint8Array.of(0, 1) },
      createInteractions(
        [
          [0, 1],
          [1, 0],
        ],
        { userCount: 3 },
      ),
    ].map((each) => inMemory(each, { name: 'ratings' }).protocol.fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
    expect(inMemory({ ...interactions }, { name: 'ratings' }).protocol).toEqual(
      inMemory(interactions, { name: 'ratings' }).protocol,
    );
  });
});
