import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createRng, type RecsysError } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { interactionLists } from '../sources/interaction-lists.js';
import { table } from '../sources/table.js';
import { createTemporaryFolder, zipFiles } from '../temporary-folder.fixture.js';
import type { FileLimits } from './file-limits.js';
import { readWholeLines } from './whole-lines.js';

const MEBIBYTE = 1 << 20;
const options = { rng: createRng(1) };

async function load(fileName: string, content: Uint8Array | string, limits?: FileLimits): Promise<string> {
  const path = join(createTemporaryFolder({ [fileName]: content }), fileName);
  const dataset = fileName.startsWith('lists')
    ? interactionLists({ path, ...(limits && { limits }) })
    : table({ path, user: 'user', item: 'item', ...(limits && { limits }) });
  const result = await dataset.load(options).catch((error: RecsysError) => `${error.code}: ${error.message}`);
  return typeof result === 'string' ? result : `${result.users.length} rows`;
}

describe('the limit of lines', () => {
  const long = 'x'.repeat(17 * MEBIBYTE);

  it('refuses a longer line in every format, and names it', async () => {
    const messages = [
      await load('ratings.csv', `user,item\n1,2\n3,${long}\n`),
      await load('ratings.jsonl', `{"user":1,"item":2}\n{"user":1,"item":"${long}"}\n`),
      await load('lists.txt', `1 2 3\n2 ${long}`),
      await load('ratings.csv.gz', gzipSync(`user,item\n1,${long}\n`)),
    ];
    expect(messages).toMatchInlineSnapshot(`
      [
        "invalid-data: ratings.csv (line 3): expected lines of at most 16 MiB, received a longer one. Does the file lack line ends? If the line is right, raise limits.lineBytes.",
        "invalid-data: ratings.jsonl (line 2): expected lines of at most 16 MiB, received a longer one. Does the file lack line ends? If the line is right, raise limits.lineBytes.",
        "invalid-data: lists.txt (line 2): expected lines of at most 16 MiB, received a longer one. Does the file lack line ends? If the line is right, raise limits.lineBytes.",
        "invalid-data: ratings.csv.gz (line 2): expected lines of at most 16 MiB, received a longer one. Does the file lack line ends? If the line is right, raise limits.lineBytes.",
      ]
    `);
  }, 60_000);

  it('does not allocate memory for millions of columns', async () => {
    expect(await load('ratings.csv', `user,item${',a'.repeat(10_000)}\n1,2\n`)).toMatchInlineSnapshot(
      `"invalid-data: ratings.csv (line 1): expected at most 10000 columns, received more. Is it a table?"`,
    );
  });

  it('can be raised, from 1 MiB on', async () => {
    const lines = `{"user":1,"item":2,"text":"${long}"}\n`;
    expect(await load('ratings.jsonl', lines, { lineBytes: 32 * MEBIBYTE })).toBe('1 rows');
    expect(() =>
      table({ path: 'a', user: 'u', item: 'i', limits: { lineBytes: 7 } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(limits.lineBytes): expected an integer from 1048576, received 7.]`,
    );
  }, 60_000);

  it('copies each byte of a line once, however many chunks it has', async () => {
    const chunk = new Uint8Array(1000).fill(120);
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < 20_000; at++) yield chunk; // with a copy per chunk: 200 GB
      yield Uint8Array.of(10);
    }
    const lengths: number[] = [];
    for await (const piece of readWholeLines(chunks())) lengths.push(piece.length);
    expect(lengths).toEqual([20_000_001]);
  }, 20_000);
});

describe('the limit of expansion', () => {
  // 70 MiB of equal rows, a thousandth of it when compressed
  const rows = `user,item,text\n${`1,2,${'x'.repeat(1019)}\n`.repeat(70 * 1024)}`;

  it('refuses an archive that holds many times its size, unless the limit is raised', async () => {
    const message = (text: string) => text.replace(/\d+ bytes|\d+ MiB/g, '…');
    const zip = zipFiles({ 'ratings.csv': rows });
    expect(message(await load('ratings.csv.zip', zip))).toMatchInlineSnapshot(
      `"invalid-data: ratings.csv in ratings.csv.zip: expected at most 250 times the … that it has compressed, received more than …. Is the file what it should be? If it is, raise limits.expansion, or unpack it."`,
    );
    expect(message(await load('ratings.csv.gz', gzipSync(rows)))).toMatchInlineSnapshot(
      `"invalid-data: ratings.csv.gz: expected at most 250 times the … that it has compressed, received more than …. Is the file what it should be? If it is, raise limits.expansion, or unpack it."`,
    );
    expect(await load('ratings.csv.zip', zip, { expansion: 2000 })).toBe('71680 rows');
    expect(() => interactionLists({ path: 'a', limits: { expansion: 1 } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: interactionLists(limits.expansion): expected a number above 1, received 1.]`,
    );
  }, 60_000);
});
