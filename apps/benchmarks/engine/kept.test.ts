import { describe, expect, it } from 'vitest';
import { dated, merged } from './kept.js';
import type { Occasion } from './occasion.js';
import type { Standing } from './page.js';

const occasion: Occasion = {
  command: 'npx pnpm bench:engine',
  date: '2026-11-28T12:00:00.000Z',
  turns: 5,
  backend: 'native',
  threads: 2,
  machine: { processor: 'Abacus', cores: 2, memoryBytes: 8 * 2 ** 30, system: 'Linux 6', node: 'v20' },
  load: { median: 1, smallest: 0.5, largest: 2 },
};
const seconds = { median: 2, smallest: 1, largest: 3 };
const standing = (name: string): Standing => ({ group: 'Products', name, per: 'product', bar: 1, seconds, peers: {} });

describe('dated', () => {
  it('takes the occasion of the whole for parts that do not say theirs', () => {
    const before = { ...occasion, date: '2026-11-21T12:00:00.000Z' };
    const { standings, memory } = dated({
      ...occasion,
      standings: [standing('one'), { ...standing('other'), occasion: before }],
      scaling: [],
    });
    expect(standings.map((each) => each.occasion)).toEqual([occasion, before]);
    expect(memory).toEqual([]);
  });
});

describe('merged', () => {
  it('replaces what was measured again and keeps the rest as it was', () => {
    const later = { ...occasion, date: '2026-11-29T12:00:00.000Z' };
    const memory = [{ name: 'Mult-VAE', ours: 5e8, peers: {}, bar: 6e8 }];
    const kept = dated({ ...occasion, standings: [standing('one'), standing('other')], scaling: [], memory });
    const both = merged(kept, dated({ ...later, standings: [standing('other')], scaling: [] }));
    expect(both.standings.map(({ name, occasion: { date } }) => [name, date])).toEqual([
      ['one', occasion.date],
      ['other', later.date],
    ]);
    expect(both.memory[0]!.occasion.date).toBe(occasion.date);
  });
});
