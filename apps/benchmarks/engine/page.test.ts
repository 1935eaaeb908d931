import { describe, expect, it } from 'vitest';
import type { Occasion } from './occasion.js';
import { type EngineReport, page, type Standing } from './page.js';

describe('page', () => {
  it('shows times beside the best peer', () => {
    expect(page(report(), [])).toContain(
      '| BPR  | epoch  | 0.30 (0.20–0.40) s | LightFM 1.20 (1.10–1.30) s | 0.25 (0.20–0.30) |    0.50 |',
    );
  });

  it('shows peaks of memory in millions of bytes', () => {
    const memory = [
      {
        name: 'Mult-VAE',
        ours: 600e6,
        peers: { 'PyTorch, eager': 950e6, 'PyTorch, compiled': 1050e6 },
        bar: 600e6,
        occasion,
      },
    ];
    expect(page(report({ memory }), [])).toContain(
      '| Mult-VAE | 600 MB | PyTorch, eager 950 MB<br>PyTorch, compiled 1050 MB |  600 MB |',
    );
  });

  it('marks the names of what was kept from another machine or day', () => {
    const kept = { ...standing, name: 'WARP', occasion: earlier };
    const text = page(report({ standings: [{ ...standing, occasion }, kept] }), []);
    expect(text).toMatch(/^\| BPR +\| epoch/m);
    expect(text).toMatch(/^\| WARP ¹ +\| epoch/m);
    expect(text).toContain(
      '- ¹ Measured 2026-11-28, 5 turns, 2 threads, backend native; Abacus with AVX-512, 2 cores, 8 GiB, Linux 6, Node v20. Load average 0.50–2.00.',
    );
  });

  it('marks a heading if all below it was kept from one occasion', () => {
    const text = page(report({ standings: [{ ...standing, occasion: earlier }] }), []);
    expect(text).toContain('## Factorization ¹\n');
    expect(text).not.toContain('BPR ¹');
  });

  it('has no notes where all is new', () => {
    expect(page(report(), [])).not.toContain('bears a mark');
  });

  it('says which peaks hold more than the work', () => {
    const sweep = { axis: 'items', points: [], occasion } as const;
    const figures = [{ file: 'a.svg', text: 'a' }];
    expect(page(report({ scaling: [sweep] }), figures)).toContain('98 MB');
    expect(page(report({ scaling: [{ ...sweep, compiled: true }] }), figures)).not.toContain('98 MB');
  });

  it('leaves out what was not measured', () => {
    expect(page(report(), [])).not.toMatch(/^## (Memory|How)/m);
  });
});

const occasion: Occasion = {
  command: 'npx pnpm bench:engine',
  date: '2026-11-29T12:00:00.000Z',
  turns: 5,
  backend: 'native',
  threads: 2,
  machine: { processor: 'Abacus', cores: 2, memoryBytes: 8 * 2 ** 30, system: 'Linux 6', node: 'v20' },
  load: { median: 1, smallest: 0.5, largest: 2 },
};

/** A day before, on a better machine. */
const earlier: Occasion = {
  ...occasion,
  date: '2026-11-28T12:00:00.000Z',
  machine: { ...occasion.machine, instructions: 'AVX-512' },
};

const standing: Standing = {
  group: 'Factorization',
  name: 'BPR',
  per: 'epoch',
  bar: 0.5,
  seconds: { median: 0.3, smallest: 0.2, largest: 0.4 },
  peers: { LightFM: { median: 1.2, smallest: 1.1, largest: 1.3 } },
  ratio: { median: 0.25, smallest: 0.2, largest: 0.3 },
};

function report(changes: Partial<EngineReport> = {}): EngineReport {
  return { ...occasion, standings: [{ ...standing, occasion }], scaling: [], memory: [], ...changes };
}
