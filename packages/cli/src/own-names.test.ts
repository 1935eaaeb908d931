import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { interceptFiles } from '@footlight/tooling-vitest/file-faults';
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

  it('do not share seeds or results with those of a file of the same name, in either order', async () => {
    const folders = await Promise.all(
      ['one', 'two'].map(async (name) => {
        await mkdir(join(line.folder, name));
        const text = await readFile(line.file, 'utf8');
        const file = join(line.folder, name, 'likes.csv');
        await writeFile(
          file,
          name === 'one' ? text : text.replaceAll(/item (\d+)/g, (_, id) => `item ${(id * id) % 23}`),
        );
        return file;
      }),
    );
    const small = ['--dim', '3', '--epochs', '1'];
    const runFile = (results: string, file: string, ...more: readonly string[]) =>
      run(results, ...small, '--table', file, '--json', ...more);
    const alone = await Promise.all(folders.map((file, at) => runFile(`alone${at}`, file, '--seeds', '2')));
    expect(JSON.parse(alone[0]!.stdout).metrics).not.toEqual(JSON.parse(alone[1]!.stdout).metrics);
    for (const [first, second] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const results = `order${first}`;
      // Seed 1 of one file is finished; the other file cannot go on from there.
      await endAfterFirstSeed(results, folders[first]!, small);
      const refused = await runFile(results, folders[second]!, '--seeds', '2', '--resume');
      expect(refused).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('received unfinished runs with others'),
      });
      const others = await runFile(results, folders[second]!, '--seeds', '2');
      const own = await runFile(results, folders[first]!, '--seeds', '2', '--resume');
      for (const [ended, whole] of [
        [others, alone[second]!],
        [own, alone[first]!],
      ] as const) {
        expect(ended.code).toBe(0);
        expect(JSON.parse(ended.stdout).metrics).toEqual(JSON.parse(whole.stdout).metrics);
        expect(JSON.parse(ended.stdout).protocol.hash).toBe(JSON.parse(whole.stdout).protocol.hash);
      }
    }
  });

  /** Runs two seeds of a file, and stops when the first is finished. */
  async function endAfterFirstSeed(results: string, file: string, small: readonly string[]): Promise<void> {
    const folder = join(line.folder, results);
    const files = interceptFiles(folder, ({ operation }) =>
      /^open .*\/seed-43\.checkpoint/.test(operation) ? { code: 'EIO' } : undefined,
    );
    const ended = await run(results, ...small, '--table', file, '--seeds', '2').finally(() => files.restore());
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('seed-43.checkpoint: EIO') });
  }
});
