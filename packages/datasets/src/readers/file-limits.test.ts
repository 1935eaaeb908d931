import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { table } from '../sources/table.js';
import { loadWithLimits } from './load-with-limits.fixture.js';
import { readWholeLines } from './whole-lines.js';

const MEBIBYTE = 1 << 20;

describe('the limit of lines', () => {
  const long = 'x'.repeat(17 * MEBIBYTE);

  it('refuses a longer line in every format, and names it', async () => {
    const messages = [
      await loadWithLimits('ratings.csv', `user,item\n1,2\n3,${long}\n`),
      await loadWithLimits('ratings.jsonl', `{"user":1,"item":2}\n{"user":1,"item":"${long}"}\n`),
      await loadWithLimits('lists.txt', `1 2 3\n2 ${long}`),
      await loadWithLimits('ratings.csv.gz', gzipSync(`user,item\n1,${long}\n`)),
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
    expect(await loadWithLimits('ratings.csv', `user,item${',a'.repeat(10_000)}\n1,2\n`)).toMatchInlineSnapshot(
      `"invalid-data: ratings.csv (line 1): expected at most 10000 columns, received more. Is it a table?"`,
    );
  });

  it('can be raised, from 1 MiB on', async () => {
    const lines = `{"user":1,"item":2,"text":"${long}"}\n`;
    expect(await loadWithLimits('ratings.jsonl', lines, { lineBytes: 32 * MEBIBYTE })).toBe('1 rows');
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
