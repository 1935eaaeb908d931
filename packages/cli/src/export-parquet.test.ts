import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

describe('footlight export --as parquet', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());

  const columns = ['--user', 'user', '--item', 'item'];
  const all = [...columns, '--rating', 'rating', '--time', 'timestamp', '--weight', 'weight'];
  const exportTable = (table: string, as: string, output: string, ...more: readonly string[]) =>
    line.footlight('export', '--table', table, '--as', as, '--output', output, ...more);
  const readText = (name: string) => readFile(join(line.folder, name), 'utf8');

  it.each([
    ['small-ids', 'ann', '7', '1600000000'],
    ['large-ids', '4294967297', '9007199254740991', '-5'],
    ['fractions', '0', 'Café, "the"', '1600000000.25'],
  ])('writes tables that are read again: %s', async (name, user, item, time) => {
    const rows = [`${user},${item.includes('"') ? '"Café, ""the"""' : item},3.3,${time},0.5`, '2,3,1,0,2', '2,4,5,1,1'];
    await writeFile(join(line.folder, `${name}.csv`), `user,item,rating,timestamp,weight\n${rows.join('\n')}\n`);
    expect(await exportTable(`${name}.csv`, 'csv', `${name}-csv`, ...all)).toMatchObject({ code: 0 });
    expect(await exportTable(`${name}.csv`, 'parquet', `${name}-parquet`, ...all)).toMatchObject({
      code: 0,
      stdout: `${name}-parquet/interactions.parquet: 3 interactions\n`,
    });
    const again = join(`${name}-parquet`, 'interactions.parquet');
    expect(await exportTable(again, 'csv', `${name}-again`, ...all)).toMatchObject({ code: 0, stderr: '' });
    const text = await readText(join(`${name}-again`, 'interactions.csv'));
    expect(text).toBe(await readText(join(`${name}-csv`, 'interactions.csv')));
    expect(text.split('\n')).toHaveLength(5);
  });

  it('writes the parts of a split, without columns that there are not', async () => {
    const split = ['--user', 'userId', '--item', 'movieId', '--split', 'leave-random-out'];
    expect((await exportTable(line.file, 'parquet', 'parts', ...split)).stdout).toMatchInlineSnapshot(`
      "parts/train.parquet: 265 interactions
      parts/validation-history.parquet: 265 interactions
      parts/validation-targets.parquet: 53 interactions
      parts/test-history.parquet: 318 interactions
      parts/test-targets.parquet: 53 interactions
      "
    `);
    const table = join('parts', 'test-targets.parquet');
    expect(await exportTable(table, 'csv', 'targets', ...columns)).toMatchObject({ code: 0 });
    expect((await readText('targets/interactions.csv')).split('\n')).toHaveLength(55);
    expect((await exportTable(table, 'csv', 'none', ...all)).stderr).toContain('expected a column "rating"');
  });

  it('refuses values, which are those of matrices', async () => {
    const { stderr } = await exportTable(
      line.file,
      'parquet',
      'x',
      '--user',
      'userId',
      '--item',
      'movieId',
      '--values',
      'ones',
    );
    expect(stderr).toMatchInlineSnapshot(`
      "--values: expected matrices, received --as parquet, which has all columns. Leave the option out.
      "
    `);
  });
});
