import { describe, expect, it } from 'vitest';
import { mergeResults } from './merge-results.js';
import type { PerformanceResults } from './report.js';
import type { RunInfo } from './run-info.js';

const run: RunInfo = {
  command: 'npm run bench:engine',
  date: '2026-11-28T12:00:00.000Z',
  rounds: 5,
  backend: 'native',
  threads: 2,
  machine: { processor: 'Abacus', cores: 2, memoryBytes: 8 * 2 ** 30, system: 'Linux 6', node: 'v20' },
  load: { median: 1, smallest: 0.5, largest: 2 },
};
const cases = ['one', 'other'].map((name) => ({ group: 'Products', name }));
const seconds = { median: 2, smallest: 1, largest: 3 };

function createResults(names: readonly string[], date: string): PerformanceResults {
  const dated = { run: { ...run, date } };
  const results = names.map((name) => ({ group: 'Products', name, unit: 'product', seconds, peers: {}, ...dated }));
  return { results, memory: [], scaling: [] };
}

describe('mergeResults', () => {
  it('replaces what was measured again and keeps other results with their runs', () => {
    const memory = ['Mult-VAE', 'SASRec'].map((name) => ({
      ...{ name, steps: 16, bytes: 5e8, peers: {}, maxBytes: 6e8, run },
    }));
    const stored = { ...createResults(['one', 'other'], run.date), memory };
    const again = { ...memory[1]!, bytes: 4e8 };
    const fresh = { ...createResults(['other'], '2026-11-29T12:00:00.000Z'), memory: [again] };
    const merged = mergeResults(stored, fresh, cases);
    expect(merged.results.map(({ name, run: { date } }) => [name, date])).toEqual([
      ['one', run.date],
      ['other', '2026-11-29T12:00:00.000Z'],
    ]);
    expect(merged.memory).toEqual([memory[0], again]);
  });

  it('adds results of cases that were not stored, in the order of the cases', () => {
    const merged = mergeResults(createResults(['other'], run.date), createResults(['one'], run.date), cases);
    expect(merged.results.map(({ name }) => name)).toEqual(['one', 'other']);
  });

  it('keeps stored results of cases that cannot run here, after all others', () => {
    const merged = mergeResults(createResults(['browser', 'one'], run.date), createResults(['one'], run.date), cases);
    expect(merged.results.map(({ name }) => name)).toEqual(['one', 'browser']);
  });
});
