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

  it('refuses columns that do not fit each other or the catalogue', () => {
    const messages = [
      { ratings: Float32Array.of(1) },
      { items: Int32Array.of(1, 2) },
      { users: Int32Array.of(-1, 0) },
      { ratings: Float32Array.of(1, Number.NaN) },
      { weights: Float32Array.of(-1, 1) },
      { catalogue: { ...interactions.catalogue, itemIds: ['a'] } },
    ].map((changes) => {
      try {
        return inMemory({ ...interactions, ...changes }, { name: 'x' }).name;
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(messages.join('\n')).toMatchInlineSnapshot(`
      "inMemory(ratings): expected as many values as users (2), received 1.
      inMemory(items): expected ids from 0 to 1, received 2 in row 1.
      inMemory(users): expected ids from 0 to 1, received -1 in row 0.
      inMemory(ratings): expected finite numbers, received NaN in row 1.
      inMemory(weights): expected finite numbers from 0, received -1 in row 0.
      inMemory(itemIds): expected as many values as the catalogue has items (2), received 1."
    `);
  });
});
