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

  it('has the protocol of every source of own data, without its name', () =>
    expect(inMemory(interactions, { name: 'ratings' }).protocol).toEqual({ name: 'own data' }));
});
