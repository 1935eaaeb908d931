import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

describe('a disk that is full', () => {
  let line: CommandLine;
  let artifact: string;
  beforeAll(async () => {
    line = await createCommandLine();
    artifact = join(line.folder, 'model.safetensors');
  });
  afterAll(() => line.remove());

  const list = () =>
    readdirSync(line.folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  /** Lets every write of a file fail in turn, after half of its bytes; each time the command says so. */
  async function failWrites(files: readonly string[], ...args: readonly string[]): Promise<number> {
    const before = files.map((path) => readFileSync(path, 'latin1'));
    const names = list();
    for (let failures = 0; ; failures++) {
      let writes = 0;
      const faults = interceptFiles(line.folder, ({ operation }) => {
        const isWrite = operation.startsWith('write') && !operation.includes('.lock');
        return isWrite && writes++ === failures ? { code: 'ENOSPC', partly: true } : undefined;
      });
      const ended = await line.footlight(...args).finally(() => faults.restore());
      if (writes <= failures) return failures;
      expect(ended.code).toBe(1);
      expect(ended.stderr).toMatch(/could not write …\/\S+: ENOSPC: .*\n$/);
      expect(ended.stderr).not.toContain('--verbose');
      expect(files.map((path) => readFileSync(path, 'latin1'))).toEqual(before);
      // A run keeps checkpoints, so that it can be resumed, and what it had finished before.
      expect(list().filter((path) => !names.includes(path) && !path.includes('.unfinished'))).toEqual([]);
    }
  }

  it('leaves earlier files whole, and ends a command with a sentence and a code', async () => {
    const run = line.runTable('results', '--dim', '3', '--epochs', '2', '--seeds', '2', '--seed', '1');
    expect(await line.footlight(...run, '--save', artifact)).toMatchObject({ code: 0 });
    const [result, values] = list().filter((path) => path.includes('/results/own/'));
    const readme = join(line.folder, 'README.md');
    writeFileSync(readme, '<!-- results -->\n<!-- end -->\n');
    writeFileSync(join(line.folder, 'ids.txt'), 'u4\nu7\n');
    writeFileSync(join(line.folder, 'pairs.csv'), 'user,item\nu4,item 2\n');
    mkdirSync(join(line.folder, 'out'));
    const [page, csv, lists] = ['page.html', 'all.csv', 'lists.csv'].map((name) => join(line.folder, 'out', name));
    for (const path of [page!, csv!, lists!]) writeFileSync(path, 'old');
    const where = ['--results', join(line.folder, 'results')];

    expect(await failWrites([result!, values!], ...run)).toBeGreaterThan(5);
    const figures = ['--figures', join(line.folder, 'out/figures')];
    expect(await failWrites([page!, result!], 'report', '--output', page!, ...where)).toBe(1);
    const exported = ['report', '--output', join(line.folder, 'new.html'), '--csv', csv!, ...figures, ...where];
    await line.footlight(...exported);
    expect(await failWrites([csv!], ...exported)).toBeGreaterThan(1);
    expect(await failWrites([readme], 'table', '--into', readme, ...where)).toBe(1);
    const many = ['--users-file', 'ids.txt', '--output', lists!, '--backend', 'cpu'];
    expect(await failWrites([lists!], 'recommend', artifact, ...many)).toBe(1);
    const pairs = ['--pairs', 'pairs.csv', '--output', lists!, '--backend', 'cpu'];
    expect(await failWrites([lists!], 'predict', artifact, ...pairs)).toBeGreaterThanOrEqual(0);
    expect(await failWrites([artifact], ...run, '--save', artifact)).toBeGreaterThan(5);
  });

  it('and outputs that are folders are found before the work', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
    const run = line.runTable('none', '--dim', '3', '--epochs', '1', '--save', folder);
    expect(await line.footlight(...run)).toMatchObject({ code: 1, stderr: expect.stringContaining('it is a folder') });
    expect(readdirSync(line.folder)).not.toContain('none');
    expect(await line.footlight('report', '--output', folder)).toMatchObject({
      code: 1,
      stderr: `footlight: could not write ${folder}: EISDIR: it is a folder. Name a file in it.\n`,
    });
    rmSync(folder, { recursive: true });
  });
});
