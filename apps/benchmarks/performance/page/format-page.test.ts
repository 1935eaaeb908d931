import { describe, expect, it } from 'vitest';
import { engine } from '../engine/suite.js';
import type { BenchmarkResult } from '../measure/run-case.js';
import { reading } from '../reading/suite.js';
import { formatPage } from './format-page.js';
import type { PerformanceReport } from './report.js';
import type { RunInfo } from './run-info.js';

const run: RunInfo = {
  command: 'npm run bench:engine',
  date: '2026-11-29T12:00:00.000Z',
  rounds: 5,
  backend: 'native',
  threads: 2,
  machine: { processor: 'Abacus', cores: 2, memoryBytes: 8 * 2 ** 30, system: 'Linux 6', node: 'v20' },
  load: { median: 1, smallest: 0.5, largest: 2 },
};

/** A day before, on a better machine. */
const earlier: RunInfo = {
  ...run,
  date: '2026-11-28T12:00:00.000Z',
  machine: { ...run.machine, instructions: 'AVX-512' },
};

const result: BenchmarkResult = {
  group: 'Factorization',
  name: 'BPR',
  unit: 'epoch',
  maxRatio: 0.5,
  seconds: { median: 0.3, smallest: 0.2, largest: 0.4 },
  peers: { LightFM: { seconds: { median: 1.2, smallest: 1.1, largest: 1.3 } } },
  ratio: { median: 0.25, smallest: 0.2, largest: 0.3 },
};

function createReport(changes: Partial<PerformanceReport> = {}): PerformanceReport {
  return { ...run, results: [{ ...result, run }], scaling: [], memory: [], ...changes };
}

describe('formatPage', () => {
  it('shows Footlight and each peer in rows, without empty columns', () => {
    const [header, , ours, theirs] = formatPage(engine, createReport(), []).split('\n').slice(4);
    expect(header).toMatch(/^\| work +\| library +\| unit +\| +median \(range\) \| +ours \/ fastest \| at most \|$/);
    expect(ours).toMatch(
      /^\| BPR +\| Footlight \| time per epoch \| +0\.30 \(0\.20–0\.40\) s \| 0\.25 \(0\.20–0\.30\) \| +0\.50 \|$/,
    );
    expect(theirs).toMatch(/^\| +\| LightFM +\| +\| 1\.20 \(1\.10–1\.30\) s \| +\| +\|$/);
  });

  it('shows rates where the operations are known, and peaks of memory in millions of bytes', () => {
    const product = { ...result, operations: 3e9, run };
    expect(formatPage(engine, createReport({ results: [product] }), [])).toMatch(/GFLOP\/s +\| +10 \(8–15\) \|/);
    const peers = { 'PyTorch, eager': 950e6, 'PyTorch, compiled': 1050e6 };
    const memory = [{ name: 'Mult-VAE', steps: 16, bytes: 600e6, maxBytes: 600e6, peers, run }];
    const page = formatPage(engine, createReport({ memory }), []);
    expect(page).toContain('| Mult-VAE | Footlight         |    16 |      600 MB |  600 MB |');
    expect(page).toContain('|          | PyTorch, compiled |       |     1050 MB |         |');
  });

  it('shows ratios to each peer and peak memory where they were measured', () => {
    const spread = { median: 5e8, smallest: 5e8, largest: 5e8 };
    const pandas = { ...result.peers.LightFM!, ratio: result.ratio!, peakBytes: spread };
    const { maxRatio, ratio, ...read } = { ...result, name: 'read', peakBytes: spread, peers: { pandas } };
    const page = formatPage(reading, createReport({ results: [{ ...read, run }] }), []);
    expect(page).toContain('| library   |');
    expect(page).toMatch(/\| pandas +\| +\| 1\.20 \(1\.10–1\.30\) s \| 0\.25 \(0\.20–0\.30\) \| +500 MB \|/);
  });

  it('marks results of earlier runs with footnotes', () => {
    const stored = { ...result, name: 'WARP', run: earlier };
    const page = formatPage(engine, createReport({ results: [{ ...result, run }, stored] }), []);
    expect(page).toMatch(/^\| BPR +\| Footlight/m);
    expect(page).toMatch(/^\| WARP ¹ +\| Footlight/m);
    expect(page).toContain(
      '- ¹ Measured 2026-11-28, 5 rounds, 2 threads, backend native; ' +
        'Abacus with AVX-512, 2 cores, 8 GiB, Linux 6, Node v20. Load average 0.50–2.00.',
    );
  });

  it('marks the heading if all results below it are of one earlier run', () => {
    const page = formatPage(engine, createReport({ results: [{ ...result, run: earlier }] }), []);
    expect(page).toContain('## Factorization ¹\n');
    expect(page).not.toContain('BPR ¹');
  });

  it('has no footnotes where all results are of the newest run', () => {
    expect(formatPage(engine, createReport(), [])).not.toContain('earlier runs');
  });

  it('explains peaks that include the translation of TypeScript', () => {
    const sweep = { axis: 'items', points: [], run } as const;
    const figures = [{ file: 'a.svg', title: 'a' }];
    expect(formatPage(engine, createReport({ scaling: [sweep] }), figures)).toContain('98 MB');
    const compiled = createReport({ scaling: [{ ...sweep, compiled: true }] });
    expect(formatPage(engine, compiled, figures)).not.toContain('98 MB');
  });

  it('flags missed targets in a list and in the tables', () => {
    const missed = { ...result, name: 'WARP', maxRatio: 0.2, run };
    const alone = { ...result, name: 'SGD', peers: {}, run };
    const { ratio: _, ...unknown } = alone;
    const memory = [{ name: 'Mult-VAE', steps: 16, bytes: 601e6, maxBytes: 600e6, peers: {}, run }];
    const page = formatPage(engine, createReport({ results: [{ ...result, run }, missed, unknown], memory }), []);
    expect(page).toContain('2 targets of 4 missed:\n\n- Factorization: WARP\n- Memory: Mult-VAE\n');
    expect(page).toMatch(/^\| WARP .*\| +0\.20, \*\*missed\*\* \|$/m);
    expect(page).toMatch(/^\| SGD .*\| +0\.50, not compared \|$/m);
    expect(page).toMatch(/^\| Mult-VAE .*\| +600 MB, \*\*missed\*\* \|$/m);
  });

  it('names command and date below each part', () => {
    const results = [
      { ...result, run },
      { ...result, name: 'WARP', run: { ...earlier, command: 'npm run bench:engine -- --only warp' } },
    ];
    const memory = [{ name: 'Mult-VAE', steps: 16, bytes: 5e8, maxBytes: 6e8, peers: {}, run }];
    const sweep = { axis: 'items', points: [], run } as const;
    const page = formatPage(engine, createReport({ results, memory, scaling: [sweep] }), [
      { file: 'a.svg', title: 'a' },
    ]);
    expect(page).toContain(
      'Measured 2026-11-29 with `npm run bench:engine` and 2026-11-28 with `npm run bench:engine -- --only warp`.',
    );
    expect(page.match(/^Measured 2026-11-29 with `npm run bench:engine`\.$/gm)).toHaveLength(2);
  });

  it('leaves out sections without measurements', () => {
    expect(formatPage(engine, createReport(), [])).not.toMatch(/^## (Memory|Training)/m);
  });
});
