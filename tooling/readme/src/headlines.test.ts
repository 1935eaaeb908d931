import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headlineTable } from './headlines.js';

const line = (experiment: string) => ({ writeUp: 'A', experiment, metric: 'mrr', what: 'a model' });

describe('headlineTable', () => {
  let folder = '';
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'headlines-'));
    for (const part of ['experiments/talk', 'results/talk']) mkdirSync(join(folder, part), { recursive: true });
    write('experiments/talk/run.ts', 'export default { published: { mrr: 0.08 } };');
    write('experiments/talk/unrun.ts', 'export default { published: { mrr: 0.1 } };');
    write(
      'results/talk/run.json',
      '{ "metrics": { "mrr": { "mean": 0.07717, "standardError": 0.00119 } }, "seeds": [1, 2] }',
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('shows the published value beside ours, and names each write-up once', async () => {
    expect(await headlineTable(folder, [line('talk/run'), line('talk/unrun')])).toBe(
      [
        '| write-up | model, data | metric | published | ours |',
        '| --- | --- | --- | --- | --- |',
        '| A | a model | mrr | 0.08 | 0.0772 ± 0.0012 (2 seeds) |',
        '|  | a model | mrr | 0.1 | never run |',
      ].join('\n'),
    );
  });

  it('names archives whose checksum is not the publisher’s', async () => {
    const archives = ['published', 'other'].map((checksum) => ({ fileName: `${checksum}.zip`, checksum }));
    const metrics = { mrr: { mean: 0.07, standardError: 0.001 } };
    write('results/talk/run.json', JSON.stringify({ metrics, seeds: [1], archives }));
    expect((await headlineTable(folder, [line('talk/run')])).split('\n\n')[1]).toBe(
      "The checksum of `other.zip`, from which some of these results were made, is not the publisher's.",
    );
  });

  it('refuses an experiment that publishes no such value', async () => {
    await expect(headlineTable(folder, [{ ...line('talk/run'), metric: 'auc' }])).rejects.toThrow(
      'talk/run: expected a published value of auc, received none.',
    );
  });
});
