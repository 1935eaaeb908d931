import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStudy, fileLog } from '@footlight/studies';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

describe('footlight report --study', () => {
  let line: CommandLine;
  const hostile = '<script>alert(1)</script>';

  beforeAll(async () => {
    line = await createCommandLine();
    const studies = join(line.folder, 'footlight-results/studies');
    await mkdir(join(studies, 'deep'), { recursive: true });
    const search = await createStudy({ name: 'search', log: fileLog(join(studies, 'search.log')), seed: 3 });
    await search.optimize((trial) => trial.float('x', { low: -5, high: 5 }) ** 2, { trials: 7 });
    await createStudy({ name: 'deep/one', log: fileLog(join(studies, 'deep/one.log')) });
    const log = fileLog(join(line.folder, 'own.log'));
    const two = await createStudy({ name: hostile, log, directions: ['minimize', 'maximize'] });
    await two.optimize(
      (trial) => {
        const x = trial.float(hostile, { low: 0, high: 1 });
        return [x, x * trial.integer('n', { low: 1, high: 5 })];
      },
      { trials: 5 },
    );
    await createStudy({ name: 'empty', log });
  }, 60_000);
  afterAll(() => line.remove());

  it('shows studies by name and by file in one page, and as SVG files', async () => {
    const { code, stderr, stdout } = await line.footlight(
      ...['report', '--study', 'search', '--study', 'own.log', '--output', 'page.html', '--figures', 'figures'],
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    // history, importance, parallel, x, timeline; front, 2 histories, importance, parallel, 2 × 2 slices, timeline
    expect(stdout).toMatch(/^page.html: 3 studies, 15 figures, \d+ KiB\n$/);
    const page = await readFile(join(line.folder, 'page.html'), 'utf8');
    for (const title of ['Studies', 'Study search', 'Study &lt;script&gt;alert(1)&lt;/script&gt;', 'Study empty'])
      expect(page).toMatch(new RegExp(`<h2 [^>]*>${title.replace(/[()]/g, '\\$&')}</h2>`));
    expect(page).toContain('No trial has begun yet.');
    expect(page).not.toContain('<script');
    expect(page).not.toContain('No results yet');
    const files = await readdir(join(line.folder, 'figures'));
    expect(files).toEqual(
      expect.arrayContaining([
        'README.md',
        'search-history.svg',
        'search-slice-x.svg',
        'script-alert-1-script-front.svg',
      ]),
    );
    expect(files).toHaveLength(16);
    const readme = await readFile(join(line.folder, 'figures/README.md'), 'utf8');
    expect(readme).toContain('footlight report --study search --study own.log --figures figures');
    expect(readme).not.toContain('<script');
  }, 60_000);

  it('leaves the logs as they are', async () => {
    const before = await readFile(join(line.folder, 'own.log'));
    expect((await line.footlight('report', '--study', 'own.log', '--output', 'page.html')).code).toBe(0);
    expect(await readFile(join(line.folder, 'own.log'))).toEqual(before);
  }, 60_000);

  it('says what there is where a study is missing, and what is wrong with a log', async () => {
    const fail = async (study: string, expected: number) => {
      const { code, stderr } = await line.footlight('report', '--study', study, '--output', 'missing.html');
      expect(code).toBe(expected);
      return stderr;
    };
    expect(await fail('serch', 2)).toContain(
      '--study: expected the file of a log, or the name of a study in …/footlight-results/studies, received "serch". ' +
        'Did you mean search?',
    );
    await writeFile(join(line.folder, 'nothing.log'), '');
    expect(await fail('nothing.log', 3)).toContain(
      '--study nothing.log: expected a log with a study, received one without any.',
    );
    await writeFile(join(line.folder, 'text.log'), 'no log\n');
    expect(await fail('text.log', 3)).toContain('line 1: expected an entry of a study log, received no log.');
    expect((await line.footlight('report', '--study', 'deep/one', '--output', 'deep.html')).code).toBe(0);
    expect(await readdir(line.folder)).not.toContain('missing.html');
  }, 60_000);
});
