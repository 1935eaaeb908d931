import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createRng } from '@footlight/core';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';
import { Interruption } from './exit-codes.js';

interface Rating {
  readonly user: number;
  readonly item: string;
  readonly rating: number;
  readonly time: number;
}

/** 53 users × 7 ratings of 31 items. Ids ascend differently as numbers and as texts; times have ties. */
const ratings: Rating[] = Array.from({ length: 53 * 7 }, (_, row) => {
  const [user, k] = [Math.floor(row / 7), row % 7];
  return {
    user: 2 + 3 * user,
    item: `film ${2 * ((3 * user + 2 * k) % 15) + (user % 2)}`,
    rating: 0.7 + (row % 5),
    time: 1_600_000_000 + Math.floor(row / 3),
  };
});
const orders = [ratings, ratings.toReversed(), createRng(5).shuffle([...ratings])];
const formats: Readonly<Record<string, (rows: readonly Rating[]) => string | Uint8Array>> = {
  csv: (rows) =>
    ['user,item,rating,time', ...rows.map((row) => [row.user, row.item, row.rating, row.time].join())].join('\n'),
  'quoted.csv': (rows) =>
    [['time', 'item', 'user', 'rating'], ...rows.map((row) => [row.time, row.item, row.user, row.rating])]
      .map((cells) => cells.map((cell) => `"${cell}"`).join())
      .join('\r\n'),
  jsonl: (rows) => rows.map(({ user, ...row }) => `${JSON.stringify({ user: String(user), ...row })}\n`).join(''),
  parquet: (rows) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'rating', data: rows.map(({ rating }) => rating), type: 'DOUBLE' },
          { name: 'user', data: rows.map(({ user }) => user), type: 'INT32' },
          { name: 'item', data: rows.map(({ item }) => item), type: 'STRING' },
          { name: 'time', data: rows.map(({ time }) => BigInt(time)), type: 'INT64' },
        ],
      }),
    ),
};

interface Result {
  readonly experiment: string;
  readonly protocol: { readonly hash: string; readonly dataset: Readonly<Record<string, unknown>> };
  readonly metrics: unknown;
}

describe('equal data', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());

  const run = (file: string, { signal }: { readonly signal?: AbortSignal }, ...more: readonly string[]) =>
    line.runUntil(
      signal,
      line.folder,
      ...line.runTable(
        'results',
        ...['--table', join(line.folder, file), '--user', 'user', '--item', 'item', '--rating', 'rating'],
        ...['--time', 'time', '--dim', '5', '--epochs', '2'],
        ...more,
      ),
    );
  const runToResult = async (file: string, ...more: readonly string[]): Promise<Result> => {
    const { code, stdout, stderr } = await run(file, {}, '--json', ...more);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as Result;
  };
  const write = (name: string, rows: readonly Rating[]) =>
    writeFile(join(line.folder, name), formats[name.slice(name.indexOf('.') + 1)]!(rows));

  it.each([[], ['--split', 'random'], ['--model', 'sequence-pooling', '--k-core', '2']])(
    'give equal protocols and metrics, whatever file, format and order of rows (%s %s)',
    async (...options) => {
      const results: Result[] = [];
      for (const [at, rows] of orders.entries())
        for (const format of Object.keys(formats)) {
          const name = `${['ratings', 'reordered', 'log'][at]}-${at}.${format}`;
          await write(name, rows);
          results.push(await runToResult(name, ...options));
        }
      const [first] = results;
      expect(first!.protocol.dataset).toEqual({
        name: 'own data',
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
      for (const { protocol, metrics } of results)
        expect({ protocol, metrics }).toEqual({ protocol: first!.protocol, metrics: first!.metrics });
    },
  );

  it('with one rating changed is other data: no common table, no comparison', async () => {
    await write('one.csv', ratings);
    await write('other.csv', ratings.with(100, { ...ratings[100]!, rating: 4.2 }));
    const [one, other] = [await runToResult('one.csv'), await runToResult('other.csv')];
    expect(other.protocol.hash).not.toBe(one.protocol.hash);
    const stored = ['--results', join(line.folder, 'results')];
    const names = await Promise.all(
      ['one', 'other'].map(async (name) => {
        const path = await line.find('results', `own/${name}-`);
        return (JSON.parse(await readFile(path, 'utf8')) as Result).experiment;
      }),
    );
    for (const command of ['compare', 'table']) {
      const { code, stdout, stderr } = await line.footlight(command, ...names, ...stored);
      expect([command, code, stdout]).toEqual([command, 4, '']);
      expect(stderr).toContain('dataset.fingerprint');
    }
    const { stdout } = await line.footlight('table', ...stored);
    const titles = stdout.split('\n').filter((each) => each.startsWith('own data ·'));
    for (const { protocol } of [one, other])
      expect(titles.join('\n')).toContain(`data \`${String(protocol.dataset['fingerprint']).slice(0, 12)}\``);
  });

  it.each([
    ['in a seed', 'seed-42.checkpoint', '5000', 'protocol.dataset.fingerprint'],
    ['between seeds', 'finished-seeds.json', '60', 'the data of the finished seeds (dataset.fingerprint'],
  ])('with one rating changed is other data: --resume refuses to go on %s', async (place, state, epochs, message) => {
    const beginning = place.replaceAll(' ', '-');
    const file = `${beginning}.csv`;
    await write(file, ratings);
    const options = ['--seeds', '2', '--epochs', epochs];
    const interruption = new AbortController();
    const interrupted = run(file, { signal: interruption.signal }, ...options);
    const name = basename(await line.find('results', `.unfinished/own/${beginning}-`));
    await line.find('results', `.unfinished/own/${name}/${state}`);
    interruption.abort(new Interruption(130));
    expect((await interrupted).code).toBe(130);
    await write(file, ratings.with(100, { ...ratings[100]!, rating: 4.2 }));
    const { code, stdout, stderr } = await run(file, {}, ...options, '--resume');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
