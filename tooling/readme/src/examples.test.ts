import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agree, exampleNames, readOutput, runExample } from './examples.js';

describe('runExample', () => {
  it('runs what it finds, and finds no types tests', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'examples-'));
    mkdirSync(join(folder, 'output'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'b.ts'), 'console.log(await Promise.resolve<number>(2));');
    writeFileSync(join(folder, 'b.test-d.ts'), '');
    writeFileSync(join(folder, 'output/b.txt'), '2\n');
    expect(exampleNames(folder)).toEqual(['b']);
    expect(await runExample(folder, 'b')).toBe(readOutput(folder, 'b'));
    rmSync(folder, { recursive: true });
  });
});

describe('agree', () => {
  it('requires the same words and the same counts', () => {
    expect(agree('ndcg 3', 'ndcg 3')).toBe(true);
    expect(agree('ndcg 3', 'recall 3')).toBe(false);
    expect(agree('ndcg 3', 'ndcg 4')).toBe(false);
    expect(agree('a\n', 'a\nb\n')).toBe(false);
  });

  it('allows measured numbers to differ by noise', () => {
    expect(agree('loss 0.512', 'loss 0.521')).toBe(true); // 0.009 apart
    expect(agree('loss 0.512', 'loss 0.523')).toBe(false); // 0.011 apart
    expect(agree('loss 51.2', 'loss 52.2')).toBe(true); // 1.0 apart, 51.2 / 50 = 1.024
    expect(agree('loss 51.2', 'loss 52.3')).toBe(false);
    expect(agree('loss -0.5', 'loss 0.5')).toBe(false);
  });

  it('overlooks how wide the numbers make a table', () => {
    expect(agree('──┐\n12 │ 0.25 │', '───┐\n12 │ 0.251 │')).toBe(true);
    expect(agree('──┐\n12 │ 0.25 │', '───┐\n 12 │\n 0.251 │')).toBe(false);
  });
});
