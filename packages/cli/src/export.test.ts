import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

describe('footlight export', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());
  const columns = ['--user', 'userId', '--item', 'movieId'];
  const write = (output: string, ...more: readonly string[]) =>
    line.footlight('export', '--table', line.file, ...columns, '--output', output, ...more);

  it('writes matrices and ids', async () => {
    expect(await write('all')).toMatchInlineSnapshot(`
      {
        "code": 0,
        "stderr": "",
        "stdout": "all/interactions.npz: 53 × 30 matrix, 371 entries
      all/users.npy: 53 ids
      all/items.npy: 30 ids
      ",
      }
    `);
    expect((await readdir(join(line.folder, 'all'))).sort()).toEqual(['interactions.npz', 'items.npy', 'users.npy']);
    expect((await readFile(join(line.folder, 'all/interactions.npz'))).subarray(0, 2).toString()).toBe('PK');
  }, 60_000);

  it('writes the parts of a split as CSV, which can be read again', async () => {
    const rated = ['--rating', 'rating', '--time', 'timestamp'];
    const options = ['--as', 'csv', '--minimum-rating', '2', '--split', 'leave-last-out(validation=false)'];
    expect(await write('parts', ...rated, ...options)).toMatchInlineSnapshot(`
      {
        "code": 0,
        "stderr": "",
        "stdout": "parts/train.csv: 243 interactions
      parts/test-history.csv: 243 interactions
      parts/test-targets.csv: 53 interactions
      ",
      }
    `);
    const text = await readFile(join(line.folder, 'parts/train.csv'), 'utf8');
    expect(text.split('\n').slice(0, 3)).toMatchInlineSnapshot(`
      [
        "user,item,rating,timestamp",
        "u0,item 4,2,1",
        "u0,item 8,3,2",
      ]
    `);
    const again = ['--user', 'user', '--item', 'item', '--rating', 'rating', '--time', 'timestamp', '--as', 'csv'];
    const table = join(line.folder, 'parts/train.csv');
    expect(await line.footlight('export', '--table', table, ...again, '--output', 'again')).toMatchObject({ code: 0 });
    expect(await readFile(join(line.folder, 'again/interactions.csv'), 'utf8')).toBe(text);
  });

  it('refuses to replace files, several splits, and values that there are not', async () => {
    await write('once');
    expect((await write('once')).stderr).toMatchInlineSnapshot(`
      "--output: expected a folder without these files, received interactions.npz in …/once. Choose another folder.
      "
    `);
    expect((await write('folds', '--split', 'k-fold(folds=3)')).stderr).toMatchInlineSnapshot(`
      "--split: expected one split, received 3 (k-fold(folds=3)). Export all interactions, without it.
      "
    `);
    expect((await write('values', '--values', 'ratings')).stderr).toMatchInlineSnapshot(`
      "--values: expected a file with ratings, received none. Name their column with --rating.
      "
    `);
    expect((await write('values', '--values', 'ones', '--as', 'csv')).stderr).toMatchInlineSnapshot(`
      "--values: expected matrices, received --as csv, which has all columns. Leave the option out.
      "
    `);
    expect((await write('rated', '--minimum-rating', '3')).stderr).toMatchInlineSnapshot(`
      "--minimum-rating: expected a file with ratings, received none. Name their column with --rating.
      "
    `);
    expect((await write('split', '--split', 'by-time')).stderr).toMatchInlineSnapshot(`
      "--split by-time: expected the name of the column with the times, received none. Add --time, or take --split leave-random-out.
      "
    `);
    expect((await line.footlight('export', ...columns, '--output', 'x')).stderr).toMatchInlineSnapshot(`
      "footlight export: expected a file with --table, received none.
      "
    `);
  });
});
