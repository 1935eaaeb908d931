import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadFrom } from '../temporary-folder.fixture.js';
import { type MarkovSequencesOptions, markovSequences } from './markov-sequences.js';

const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/markov-sequences.json', import.meta.url), 'utf8'),
) as {
  cases: { options: MarkovSequencesOptions; users: number[]; items: number[] }[];
};

describe('markovSequences', () => {
  it.each(cases)('samples the sequences of numpy: $options', async ({ options, users, items }) => {
    const drawn = await markovSequences(options).load(loadFrom(''));
    expect(drawn.users).toEqual(Int32Array.from(users));
    expect(drawn.items).toEqual(Int32Array.from(items));
    expect(drawn.timestamps).toEqual(Float64Array.from(users, (_, row) => row));
    expect(drawn.ratings).toEqual(new Float32Array(users.length).fill(1));
    expect([drawn.catalogue.userCount, drawn.catalogue.itemCount]).toEqual([options.users, options.items]);
  });

  it('is more predictable the smaller the concentration', async () => {
    const countTransitions = async (concentration: number): Promise<number> => {
      const { items } = await markovSequences({ items: 23, interactions: 2003, concentration, order: 1 }).load(
        loadFrom(''),
      );
      return new Set(Array.from(items.subarray(1), (item, row) => 23 * items[row]! + item)).size;
    };
    expect(await countTransitions(0.01)).toBeLessThan((await countTransitions(10)) / 3);
  });

  it('throws for invalid options', () => {
    expect(() => markovSequences({ items: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: markovSequences(items): expected an integer from 2, received 1.]`,
    );
    expect(() => markovSequences({ concentration: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: markovSequences(concentration): expected a positive number, received 0.]`,
    );
  });
});
