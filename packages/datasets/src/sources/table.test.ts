import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Progress } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { listPairs } from '../fixtures.js';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import type { Interactions } from '../types.js';
import { type TableOptions, table } from './table.js';

const names = { user: 'user', item: 'item', rating: 'stars', timestamp: 'time' };

async function load(
  fileName: string,
  content: Uint8Array | string,
  options: Partial<TableOptions> = {},
): Promise<Interactions> {
  const folder = createTemporaryFolder({ [fileName]: content });
  return table({ path: join(folder, fileName), ...names, ...options }).load(loadFrom(folder));
}

const failing = async (
  fileName: string,
  content: Uint8Array | string,
  options: Partial<TableOptions> = {},
): Promise<string> => {
  const folder = createTemporaryFolder({ [fileName]: content });
  return catchMessage(table({ path: join(folder, fileName), ...names, ...options }).load(loadFrom(folder)), folder);
};

const rows = [
  ['ann', 'B7', 5, 1546300800],
  ['Zoë', 'A3', 2.5, 1546300810],
  ['ann', 'A3', 4, 1546300820],
];
const HEADER = 'user,item,stars,time\n';
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

  it('reads quoted fields, with separators, quotation marks and line ends in them', async () => {
    const quoted = `time,"item",note,stars,user\n${rows.map(([u, i, s, t]) => `${t},"${i}","he said: ""no"",\nthen",${s},"${u}"\n`).join('')}`;
    expect(await load('log.csv', quoted)).toEqual(expected);
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
  ] as const)('reads Parquet, packed with %s', async (name, times) => {
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

  it('keeps ids that are numbers as numbers, and only those', async () => {
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

  it('does without ratings and times', async () => {
    const folder = createTemporaryFolder({ 'log.csv': csv });
    const dataset = table({ path: join(folder, 'log.csv'), user: 'user', item: 'item' });
    expect(dataset.columns).toEqual({ ratings: false, timestamps: false });
    expect(Object.keys(await dataset.load(loadFrom(folder)))).toEqual(['catalogue', 'users', 'items']);
  });

  it('reads milliseconds and dates where it is told that they are', async () => {
    const at = async (time: string, times: 'milliseconds' | 'date'): Promise<number> =>
      (await load('log.csv', `${HEADER}1,2,3,${time}\n`, { times })).timestamps![0]!;
    expect(await at('1546300800500', 'milliseconds')).toBe(1546300800.5);
    expect(await at('2019-01-01', 'date')).toBe(1546300800);
    expect(await at('"2019-01-01T01:00:00+01:00"', 'date')).toBe(1546300800);
  });

  it('shows how far it is', async () => {
    const folder = createTemporaryFolder({ 'log.csv': csv });
    const seen: Progress[] = [];
    await table({ path: join(folder, 'log.csv'), ...names }).load({
      ...loadFrom(folder),
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.at(-1)).toEqual({ label: 'read log.csv', done: csv.length + 1, total: csv.length + 1, unit: 'bytes' }); // ë takes two
  });

  it('describes itself without the folder, which differs from machine to machine', () => {
    const { name, protocol } = table({ path: '/home/me/log.csv', user: 'u', item: 'i', timestamp: 't' });
    expect(name).toBe('table(log.csv)');
    expect(protocol).toEqual({
      source: 'table',
      file: 'log.csv',
      user: 'u',
      item: 'i',
      timestamp: 't',
      times: 'seconds',
      format: 'csv',
      separator: ',',
    });
  });

  it('refuses times that must be milliseconds, and dates nobody announced', async () => {
    expect(await failing('log.csv', `${HEADER}1,2,3,1546300800500\n`)).toMatchInlineSnapshot(
      `"log.csv (row 1, column time): expected seconds since 1970, received 1546300800500. If these are milliseconds, say so: times: 'milliseconds'."`,
    );
    expect(await failing('log.csv', `${HEADER}1,2,3,2019-01-01\n`)).toMatchInlineSnapshot(
      `"log.csv (line 2, column time): expected a finite number, received "2019-01-01". If these are times, say so: times: 'date'."`,
    );
  });

  it('says which column is missing, in every format', async () => {
    const options = { user: 'reviewer' };
    expect(await failing('log.csv', csv, options)).toMatchInlineSnapshot(
      `"log.csv: expected a column "reviewer", received the columns user, item, stars, time. Name one of these, or check the separator."`,
    );
    expect(await failing('log.csv', `"user",item\n`, options)).toMatchInlineSnapshot(
      `"log.csv: expected a column "reviewer", received the columns user, item. Name one of these, or check the separator."`,
    );
    expect(await failing('log.jsonl', '{"user":1}\n', options)).toMatchInlineSnapshot(
      `"log.jsonl: expected a column "reviewer", received the columns user. Name one of these, or check the separator."`,
    );
  });

  it('says where a value does not fit', async () => {
    expect(await failing('log.csv', `${HEADER}1,2,NaN,0\n`)).toMatchInlineSnapshot(
      `"log.csv (line 2, column stars): expected a finite number, received "NaN". Correct the row or remove it."`,
    );
    expect(await failing('log.csv', `${HEADER}"1",2,NaN,0\n`)).toMatchInlineSnapshot(
      `"log.csv (row 1, column stars): expected a finite number, received "NaN". Correct the row or remove it."`,
    );
    expect(await failing('log.csv', `${HEADER}1,-2,3,0\n`)).toMatchInlineSnapshot(
      `"log.csv (line 2, column item): expected an id (a whole number from 0, or text), received -2. A negative number often stands for a missing id: remove such rows."`,
    );
    expect(await failing('log.jsonl', '{"user":1,"item":2,"stars":null,"time":3}\n')).toMatchInlineSnapshot(
      `"log.jsonl (row 1, column stars): expected a finite number, received null. Correct the row or remove it."`,
    );
    expect(await failing('log.jsonl', '[1, 2\n')).toMatchInlineSnapshot(
      `"log.jsonl (line 1): expected a JSON object, received [1, 2. Is it JSON-lines?"`,
    );
  });

  it('says what it cannot read', async () => {
    expect(await failing('log.parquet', csv)).toMatchInlineSnapshot(
      `"log.parquet: expected a Parquet file, received parquet file invalid (footer != PAR1). Is it complete?"`,
    );
    const folder = createTemporaryFolder();
    for (const name of ['none.csv', 'none.parquet'])
      expect(
        await catchMessage(table({ path: join(folder, name), ...names }).load(loadFrom(folder)), folder),
      ).toContain(`${name}: expected a file at <folder>/${name}, received none. Check the path.`);
  });

  it('refuses options that contradict each other', () => {
    expect(() => table({ path: '', user: 'u', item: 'i' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(path): expected the path of a file, received "".]`,
    );
    expect(() => table({ path: 'a.jsonl', user: 'u', item: 'i', header: ['u'] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(header): expected a csv or tsv file, received json-lines. Other formats name their columns themselves.]`,
    );
    expect(() => table({ path: 'a.tsv', user: 'u', item: 'i', separator: ';' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(separator): expected a csv file, received tsv.]`,
    );
    expect(() => table({ path: 'a.csv', user: 'u', item: 'i', times: 'date' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(times): expected a column of times, received none. Name it as timestamp.]`,
    );
  });
});
