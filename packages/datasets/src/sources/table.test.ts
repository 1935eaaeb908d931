import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Progress } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { listPairs } from '../fixtures.js';
import { createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import { HEADER, load, names } from './table.fixture.js';
import { type TableOptions, table } from './table.js';

const rows = [
  ['ann', 'B7', 5, 1546300800],
  ['Zoë', 'A3', 2.5, 1546300810],
  ['ann', 'A3', 4, 1546300820],
];
const csv = `${HEADER}${rows.map((row) => `${row.join(',')}\n`).join('')}`;
const expected = {
  catalogue: { userCount: 2, itemCount: 2, userIds: ['Zoë', 'ann'], itemIds: ['A3', 'B7'] },
  users: Int32Array.of(1, 0, 1),
  items: Int32Array.of(1, 0, 0),
  ratings: Float32Array.of(5, 2.5, 4),
  timestamps: Float64Array.of(1546300800, 1546300810, 1546300820),
};

describe('table', () => {
  it('reads csv, tsv and other separators, with gzip too', async () => {
    expect(await load('log.csv', csv)).toEqual(expected);
    expect(await load('log.csv.gz', gzipSync(csv))).toEqual(expected);
    expect(await load('log.tsv', csv.replaceAll(',', '\t'))).toEqual(expected);
    expect(await load('log.txt', csv.replaceAll(',', '::'), { separator: '::' })).toEqual(expected);
    expect(await load('log.txt', csv.slice(HEADER.length), { header: ['user', 'item', 'stars', 'time'] })).toEqual(
      expected,
    );
  });

  it('reads quoted fields that contain separators, quotation marks and line ends', async () => {
    const lines = rows.map(([u, i, s, t]) => `${t},"${i}","he said: ""no"",\nthen",${s},"${u}"\n`);
    const quoted = `time,"item",note,stars,user\n${lines.join('')}`;
    expect(await load('log.csv', quoted)).toEqual(expected);
  });

  it('reads two ids from one column', async () => {
    const pairs = (separator: string) => {
      const lines = rows.map(([user, item, stars, time]) => `${time},${user}${separator}${item},${stars}\n`);
      return `time,pair,stars\n${lines.join('')}`;
    };
    const folder = createTemporaryFolder({
      'a.csv': pairs(':'),
      'b.csv': pairs('|'),
      'c.csv': 'pair\n7:10\n3:9\n7:9\n',
    });
    const columns = { rating: 'stars', timestamp: 'time' };
    const loadPairs = (file: string, more: Partial<TableOptions>) =>
      table({ path: join(folder, file), ...more }).load(loadFrom(folder));
    expect(await loadPairs('a.csv', { pair: { column: 'pair' }, ...columns })).toEqual(expected);
    expect(await loadPairs('b.csv', { pair: { column: 'pair', separator: '|' }, ...columns })).toEqual(expected);
    const { catalogue, users } = await loadPairs('c.csv', { pair: { column: 'pair' } });
    expect([catalogue.userIds, catalogue.itemIds, users]).toEqual([
      Int32Array.of(3, 7),
      Int32Array.of(9, 10),
      Int32Array.of(1, 0, 1),
    ]);
  });

  it('reads weights', async () => {
    const weighted = `${HEADER.trim()},count\n${rows.map((row, at) => `${row.join(',')},${at / 2}\n`).join('')}`;
    const lines = rows.map(([user, item], at) => JSON.stringify({ user, item, count: at / 2 })).join('\n');
    expect((await load('log.csv', weighted, { weight: 'count' })).weights).toEqual(Float32Array.of(0, 0.5, 1));
    const folder = createTemporaryFolder({ 'log.jsonl': lines });
    const path = join(folder, 'log.jsonl');
    const loaded = await table({ path, user: 'user', item: 'item', weight: 'count' }).load(loadFrom(folder));
    expect(loaded.weights).toEqual(Float32Array.of(0, 0.5, 1));
  });

  it('reads JSON-lines', async () => {
    const lines = rows.map(([user, item, stars, time]) =>
      JSON.stringify({ time, user, item, stars, note: { long: 'é'.repeat(99) } }),
    );
    expect(await load('log.jsonl', lines.join('\n'))).toEqual(expected);
    expect(await load('log.json.gz', gzipSync(`${lines.join('\r\n')}\r\n\n`))).toEqual(expected);
  });

  it.each([
    ['snappy', 'date'],
    ['zstd', 'seconds'],
  ] as const)('reads Parquet, compressed with %s', async (name, times) => {
    const path = fileURLToPath(new URL(`../../fixtures/${name}.parquet`, import.meta.url));
    const seen: Progress[] = [];
    const loaded = await table({ path, ...names, times }).load({
      ...loadFrom(''),
      onProgress: (progress) => seen.push(progress),
    });
    const itemIds = Float64Array.of(3, 2 ** 40);
    expect(loaded).toEqual({ ...expected, catalogue: { ...expected.catalogue, itemIds } });
    expect(seen.at(-1)).toEqual({ label: `read ${name}.parquet`, done: 3, total: 3, unit: 'rows' });
  });

  it('keeps numeric ids as numbers, and others as texts', async () => {
    const { catalogue } = await load('log.csv', `${HEADER}11,7,1,0\n2,7a,1,0\n2,007,1,0\n`);
    expect(catalogue.userIds).toEqual(Int32Array.of(2, 11));
    expect(catalogue.itemIds).toEqual(['007', '7', '7a']);
    const large = await load('log.csv', `${HEADER}9007199254740991,7,1,0\n2,"7",1,0\n`);
    expect(large.catalogue.userIds).toEqual(Float64Array.of(2, 2 ** 53 - 1));
  });

  it('keeps a pair that occurs twice', async () => {
    expect(listPairs(await load('log.csv', `${HEADER}1,7,1,0\n1,7,2,0\n`))).toEqual([
      [1, 7],
      [1, 7],
    ]);
  });

  it('reads files without ratings and timestamps', async () => {
    const folder = createTemporaryFolder({ 'log.csv': csv });
    const dataset = table({ path: join(folder, 'log.csv'), user: 'user', item: 'item' });
    expect(dataset.columns).toEqual({ ratings: false, timestamps: false });
    expect(Object.keys(await dataset.load(loadFrom(folder)))).toEqual(['catalogue', 'users', 'items']);
  });

  it('reads milliseconds and dates as set by times', async () => {
    const at = async (time: string, times: 'milliseconds' | 'date'): Promise<number> =>
      (await load('log.csv', `${HEADER}1,2,3,${time}\n`, { times })).timestamps![0]!;
    expect(await at('1546300800500', 'milliseconds')).toBe(1546300800.5);
    expect(await at('2019-01-01', 'date')).toBe(1546300800);
    expect(await at('"2019-01-01T01:00:00+01:00"', 'date')).toBe(1546300800);
  });

  it('reports progress', async () => {
    const folder = createTemporaryFolder({ 'log.csv': csv });
    const seen: Progress[] = [];
    await table({ path: join(folder, 'log.csv'), ...names }).load({
      ...loadFrom(folder),
      onProgress: (progress) => seen.push(progress),
    });
    // ë takes two
    expect(seen.at(-1)).toEqual({ label: 'read log.csv', done: csv.length + 1, total: csv.length + 1, unit: 'bytes' });
  });

  it('names the file, but not in the protocol', () => {
    const { name, protocol } = table({ path: '/home/user/log.csv', user: 'u', item: 'i', timestamp: 't' });
    expect(name).toBe('table(log.csv)');
    expect(protocol).toEqual({ name: 'own data' });
  });
});
