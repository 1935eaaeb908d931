import { describe, expect, it } from 'vitest';
import { type EngineReport, page, type Standing } from './page.js';

describe('page', () => {
  it('shows times beside the best peer', () => {
    expect(page(report(), [])).toContain(
      '| BPR  | epoch  | 0.30 (0.20–0.40) s | LightFM 1.20 (1.10–1.30) s | 0.25 (0.20–0.30) |    0.50 |',
    );
  });

  it('shows peaks of memory in millions of bytes', () => {
    const memory = [{ name: 'Mult-VAE', ours: 600e6, peers: { 'PyTorch, eager': 950e6, 'PyTorch, compiled': 1050e6 }, bar: 600e6 }];
    expect(page(report({ memory }), [])).toContain('| Mult-VAE | 600 MB | PyTorch, eager 950 MB<br>PyTorch, compiled 1050 MB |  600 MB |');
  });

  it('leaves out what was not measured', () => {
    expect(page(report(), [])).not.toMatch(/^## (Memory|How)/m);
  });
});

function report(changes: Partial<EngineReport> = {}): EngineReport {
  return {
    command: 'npx pnpm bench:engine',
    date: '2026-11-29T12:00:00.000Z',
    turns: 5,
    backend: 'native',
    threads: 2,
    peers: 'none',
    machine: { processor: 'Abacus', cores: 2, memoryBytes: 8 * 2 ** 30, system: 'Linux 6', node: 'v20' },
    load: { median: 1, smallest: 0.5, largest: 2 },
    standings: [standing],
    scaling: [],
    ...changes,
  };
}

const standing: Standing = {
  group: 'Factorization',
  name: 'BPR',
  per: 'epoch',
  bar: 0.5,
  seconds: { median: 0.3, smallest: 0.2, largest: 0.4 },
  peers: { LightFM: { median: 1.2, smallest: 1.1, largest: 1.3 } },
  ratio: { median: 0.25, smallest: 0.2, largest: 0.3 },
};
