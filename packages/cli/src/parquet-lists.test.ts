import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '@footlight/datasets';
import type { Recommender, UserRecommendations } from '@footlight/trainer';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOutputPart } from './actions/output-part.js';
import { createParquetLists } from './actions/parquet-lists.js';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

describe('footlight recommend-all --output lists.parquet', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());

  const readBytes = async (name: string) => (await readFile(join(line.folder, name))).buffer as ArrayBuffer;
  const recommendAll = (model: string, output: string) =>
    line.footlight('recommend-all', model, '--backend', 'cpu', '--count', '3', '--output', output);

  it('writes the rows of the CSV file, in columns with types', async () => {
    const model = join(line.folder, 'model.safetensors');
    const training = ['--epochs', '1', '--dim', '4', '--save', model];
    expect((await line.footlight(...line.runTable('r', ...training))).code).toBe(0);
    expect((await recommendAll(model, 'all.csv')).code).toBe(0);
    expect(await recommendAll(model, 'all.parquet')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('all.parquet: lists of 53 users.'),
    });
    const rows = await parquetReadObjects({ file: await readBytes('all.parquet') });
    expect(Object.keys(rows[0]!)).toEqual(['user', 'rank', 'item', 'score']);
    const [, ...csv] = (await readFile(join(line.folder, 'all.csv'), 'utf8')).trim().split('\n');
    expect(rows.map(({ user, rank, item, score }) => `${user},${rank},${item},,${score}`)).toEqual(csv);
    expect((await line.footlight('recommend', model, '--users-file', 'x', '--output', 'x.parquet')).stderr).toBe(
      '--output: expected a name that ends in .csv or .jsonl, received "x.parquet". ' +
        'footlight recommend-all writes Parquet.\n',
    );
  }, 60_000);

  it('keeps integers as integers, and writes titles and ratings where there are some', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => `${2 ** 40 + (row % 12)},${row % 7},${1 + (row % 5)}`);
    await writeFile(join(line.folder, 'likes.csv'), ['user,item,stars', ...new Set(rows)].join('\n'));
    const model = join(line.folder, 'stars.safetensors');
    const args = ['--table', 'likes.csv', '--user', 'user', '--item', 'item', '--rating', 'stars'];
    const training = ['--loss', 'squared', '--epochs', '1', '--dim', '2', '--split', 'leave-random-out'];
    const trained = await line.footlight('run', ...args, ...training, '--save', model, '--backend', 'cpu');
    expect(trained, trained.stderr).toMatchObject({ code: 0 });
    const listed = await recommendAll(model, 'stars.parquet');
    expect(listed, listed.stderr).toMatchObject({ code: 0 });
    const [first] = await parquetReadObjects({ file: await readBytes('stars.parquet') });
    expect(first).toMatchObject({ user: BigInt(2 ** 40), rank: 1, item: expect.any(Number) });
    expect(first!['rating']).toEqual(expect.any(Number));
  }, 60_000);
});

describe('createParquetLists', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());

  const itemIds = ['a "quoted", é', '12n', '', 'b'];
  const catalogue = { userIds: ['7', 'u,1', 'x'], itemIds, itemTitles: ['A', 'B', '', 'D'] } as unknown as Catalogue;
  const recommender = { catalogue } as Recommender;
  const chunks: readonly (readonly UserRecommendations[])[] = [
    [{ user: '7', recommendations: [listed(0, 0.1), listed(1, -0.25)] }],
    [{ user: 'u,1', recommendations: [], refusal: 'the same score for all 4 items' }],
    [{ user: 'x', recommendations: [listed(2, 3)] }],
  ];
  function listed(item: number, score: number) {
    return { item: itemIds[item]!, title: catalogue.itemTitles![item]!, score: Math.fround(score) };
  }

  /** Writes the chunks, the process being ended after each of those given, and once within the end of the file. */
  async function writeLists(name: string, endedAfter: readonly number[]): Promise<Buffer> {
    const path = join(line.folder, name);
    const open = async () => {
      const opened = await openOutputPart(path, 'key');
      return { part: opened, encoder: createParquetLists(recommender, opened) };
    };
    let { part, encoder } = await open();
    for (const [at, chunk] of chunks.entries()) {
      const saved = () => encoder.save!();
      await part.append(encoder.encode(chunk), { users: at + 1, without: 0, saved: saved() });
      if (!endedAfter.includes(at)) continue;
      await writeFile(`${path}.part`, 'half of a row group', { flag: 'a' });
      ({ part, encoder } = await open());
      expect(part.users).toBe(at + 1);
    }
    await part.publish(encoder.finish!());
    return readFile(path);
  }

  it('gives the same bytes however often it was ended', async () => {
    const whole = await writeLists('whole.parquet', []);
    for (const ended of [[0], [1], [0, 1, 2]]) expect(await writeLists(`${ended}.parquet`, ended)).toEqual(whole);
    const file = new Uint8Array(whole).buffer;
    expect(await parquetReadObjects({ file })).toEqual([
      { user: '7', rank: 1, item: 'a "quoted", é', title: 'A', score: Math.fround(0.1) },
      { user: '7', rank: 2, item: '12n', title: 'B', score: -0.25 },
      { user: 'x', rank: 1, item: '', title: '', score: 3 },
    ]);
  });
});
