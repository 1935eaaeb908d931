import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

const timed = ['--time', 'timestamp'];
const small = ['--dim', '5'];

describe('results of footlight run --table', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());
  const run = (results: string, ...more: readonly string[]) => line.footlight(...line.runTable(results, ...more));

  it('are those of one loss, split, set of options, seed and file', async () => {
    const other = join(line.folder, 'other');
    await mkdir(other);
    await copyFile(line.file, join(other, 'likes.csv'));
    const tried = [[], ['--loss', 'hinge'], ['--split', 'random'], ['--epochs', '2'], ['--dim', '3'], ['--seed', '7']];
    for (const more of [...tried, ['--table', join(other, 'likes.csv')], ['--loss', 'hinge']])
      expect(await run('many', ...timed, ...small, '--epochs', '1', ...more)).toMatchObject({ code: 0 });
    const files = await readdir(join(line.folder, 'many/own'));
    const names = files.filter((name) => !name.endsWith('.values.json')).sort();
    expect(names.map((name) => name.replace(/-[0-9a-f]{8}\.json$/, ''))).toEqual([
      ...Array(5).fill('likes-factorization-bpr-leave-last-out'),
      'likes-factorization-bpr-random',
      'likes-factorization-hinge-leave-last-out',
    ]);
    const table = (...args: string[]) => line.footlight('table', ...args, '--results', join(line.folder, 'many'));
    expect(await table('own/likes-factorization-h')).toMatchObject({ code: 0 });
    const several = await table('own/likes-factorization-bpr-l');
    expect(several.code).toBe(2);
    expect(several.stderr).toMatch(/received own\/likes-factorization-bpr-l, which 5 names begin with: /);
  });
});
