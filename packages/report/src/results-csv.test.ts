import { describe, expect, it } from 'vitest';
import type { StoredResult } from './result.js';
import { formatResultsCsv } from './results-csv.js';

const result = {
  experiment: 'mult-vae/a',
  protocol: { hash: 'abc', dataset: { name: 'films' } },
  metrics: {
    'ndcg@100': { mean: 0.41234567, standardError: 0.001, userError: 0.02, values: [0.411, 0.413] },
    coverage: { mean: 0.5, standardError: null, values: [0.5] },
  },
  validation: { 'ndcg@100': { mean: 0.43, standardError: 0.002, values: [0.42, 0.44] } },
  published: { 'ndcg@100': 0.42 },
  seeds: [1, 2],
  backend: 'native',
  date: '2026-11-29T12:00:00.000Z',
  command: 'footlight run mult-vae/a --seeds 2',
  note: 'With "extra" tanh, as printed.\nTwo lines.',
  runs: [
    { seed: 1, losses: [], testLoss: 350, bestEpoch: 3 },
    { seed: 2, losses: [], testLoss: 352, bestEpoch: 4 },
  ],
} as unknown as StoredResult;

describe('formatResultsCsv', () => {
  it('has all digits, errors by kind, loss and best epoch, and quotes what needs it', () => {
    const [header, line, end] = formatResultsCsv([result]).split('\r\n');
    expect(header).toBe(
      'experiment,dataset,protocol,ndcg@100,ndcg@100 error over seeds,ndcg@100 error over users,coverage,' +
        'coverage error over seeds,coverage error over users,ndcg@100 (validation),ndcg@100 published,loss,' +
        'best_epoch,seeds,backend,date,command,note',
    );
    expect(line).toBe(
      'mult-vae/a,films,abc,0.41234567,0.001,0.02,0.5,,,0.43,0.42,351,3.5,2,native,2026-11-29T12:00:00.000Z,' +
        'footlight run mult-vae/a --seeds 2,"With ""extra"" tanh, as printed.\nTwo lines."',
    );
    expect(end).toBe('');
  });

  it('has a line for each experiment that was never run', () => {
    const never = { experiment: 'mult-vae/b', dataset: 'more', published: { loss: 3.5 }, needs: ['more.zip (2 MB)'] };
    const lines = formatResultsCsv([result], [never]).split('\r\n');
    expect(lines[0]).toContain('ndcg@100 published,loss published,loss,');
    expect(lines[2]).toBe('mult-vae/b,more,,,,,,,,,,3.5,,,,,,,"never run, needs more.zip (2 MB)"');
  });
});
