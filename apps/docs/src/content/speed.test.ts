import { describe, expect, it } from 'vitest';
import { type EngineReport, wasmTables } from './speed.js';

const machine = { processor: 'Abacus', instructions: 'beads', cores: 2, system: 'Linux 6', node: 'v20' };
const run = { command: 'npm run bench:engine-wasm -- --only chromium', date: '2026-11-30T12:00:00.000Z' };
const create = (name: string, maxRatio: number, ratio?: number): EngineReport['results'][number] => ({
  group: 'Headless Chromium beside Node',
  name,
  unit: 'epoch',
  maxRatio,
  seconds: { median: 2 },
  peers: ratio === undefined ? {} : { 'Footlight in Node, 2 threads': { seconds: { median: 2 / ratio } } },
  ...(ratio === undefined ? {} : { ratio: { median: ratio } }),
  run,
});

describe('wasmTables', () => {
  it('shows times, targets and whether they are reached, with command and date', () => {
    const results = [create('with threads', 1.25, 1.6), create('one thread', 2.5, 2), create('alone', 2.5)];
    expect(wasmTables({ ...run, backend: 'wasm', threads: 2, machine, results, scaling: [] })).toMatchInlineSnapshot(`
      "Medians of several rounds, backend wasm, 2 threads: Abacus with beads, 2 cores, Linux 6, Node v20. Measured on 2026-11-30 with \`npm run bench:engine-wasm\`.

      ### Headless Chromium beside Node

      | work | Footlight | fastest other | Footlight is | target |
      | :--- | ---: | ---: | ---: | ---: |
      | with threads (one epoch) | 2.00 s | 1.25 s, Footlight in Node, 2 threads | 0.6 × as fast | 0.8 ×, **missed** |
      | one thread (one epoch) | 2.00 s | 1.00 s, Footlight in Node, 2 threads | 0.5 × as fast | 0.4 ×, reached |
      | alone (one epoch) | 2.00 s | – | – | 0.4 ×, not compared |

      Measured 2026-11-30 with \`npm run bench:engine-wasm -- --only chromium\`."
    `);
  });

  it('says so where nothing has been measured', () => {
    expect(wasmTables(undefined)).toBe('Not measured yet: `npm run bench:engine-wasm` does it.');
  });
});
