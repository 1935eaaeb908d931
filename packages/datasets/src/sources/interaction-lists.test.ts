import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { listPairs } from '../fixtures.js';
import { publishedSplit } from '../splits/published-split.js';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import type { Interactions } from '../types.js';
import { type InteractionListsOptions, interactionLists } from './interaction-lists.js';
import { trainAndTest } from './train-and-test.js';

const load = (content: string | Uint8Array, options: Partial<InteractionListsOptions> = {}): Promise<Interactions> => {
  const folder = createTemporaryFolder({ 'lists.txt': content });
  return interactionLists({ path: join(folder, 'lists.txt'), ...options }).load(loadFrom(folder));
};
const message = (content: string, options: Partial<InteractionListsOptions> = {}): Promise<string> =>
  catchMessage(load(content, options));

describe('interactionLists', () => {
  it('reads a line per user: the user, then the items', async () => {
    const { catalogue, ...columns } = await load('7 30 10\n5 10\n');
    expect(columns).toEqual({ users: Int32Array.of(1, 1, 0), items: Int32Array.of(1, 0, 0) });
    expect(catalogue).toEqual({
      userCount: 2,
      itemCount: 2,
      userIds: Int32Array.of(5, 7),
      itemIds: Int32Array.of(10, 30),
    });
  });

  it('has the order of a line as time, on request', async () => {
    const { users, items, timestamps } = await load('2 9 8 9\n1 7\n', { order: 'time' });
    expect([users, items, timestamps]).toEqual([
      Int32Array.of(1, 1, 1, 0),
      Int32Array.of(2, 1, 2, 0),
      Float64Array.of(0, 1, 2, 0),
    ]);
  });

  it('keeps items that occur twice, skips empty lines and users without items', async () => {
    expect(listPairs(await load('\n1 5 5 6\r\n\n  \n2\n3 6 '))).toEqual([
      [1, 5],
      [1, 5],
      [1, 6],
      [3, 6],
    ]);
  });

  it('reads other separators, texts, encodings and compressed files', async () => {
    const expected = [
      ['ann', 'B7'],
      ['ann', 'A3'],
      ['Zoë', 'A3'],
    ];
    expect(listPairs(await load('ann,B7,A3\nZoë,A3\n', { separator: ',' }))).toEqual(expected);
    expect(listPairs(await load(gzipSync('ann\tB7\t A3\nZoë A3')))).toEqual(expected);
    expect(listPairs(await load(Buffer.from('ann B7 A3\nZoë A3', 'latin1'), { encoding: 'latin1' }))).toEqual(expected);
  });

  it('ignores a byte order mark, blanks around ids and separators at the end', async () => {
    const expected = [
      ['791557233689870338', 2],
      ['791557233689870338', 3],
      ['791557233689870341', 2],
    ];
    const [one, other] = ['791557233689870338', '791557233689870341'];
    expect(listPairs(await load(`\uFEFF${one} 2\t3 \r\n ${other}  2\t\r\n`))).toEqual(expected);
    expect(listPairs(await load(`\uFEFF${one}, 2, 3\r\n ${other} ,2 \r\n`, { separator: ',' }))).toEqual(expected);
    expect(listPairs(await load(`${one}\t2\t3\t\n${other}\t2\n`, { separator: '\t' }))).toEqual(expected);
  });

  it('refuses lines without a user, and carriage returns within a line', async () => {
    const messages = [
      await message('1,2\n,5,6\n', { separator: ',' }),
      await message('\t5\t6\n', { separator: '\t' }),
      await message('1,2,\n', { separator: ',' }),
      await message('1 2\n3 4\r5 6\n'),
    ];
    expect(messages.join('\n')).toMatchInlineSnapshot(`
      "lists.txt (line 2, column user): expected an id, received nothing. Remove the row or give it an id.
      lists.txt (line 1, column user): expected an id, received nothing. Remove the row or give it an id.
      lists.txt (line 1, column item): expected an id, received nothing. Remove the row or give it an id.
      lists.txt (line 2): expected line ends \\n or \\r\\n, received a carriage return (\\r) without \\n. Write all line ends alike."
    `);
  });

  it('names the line of what does not fit', async () => {
    const messages = [await message('1 5\n2 6\n1 7\n'), await message('1 5\n2 -6\n'), await message('\n1\n')];
    expect(messages.join('\n')).toMatchInlineSnapshot(`
      "lists.txt (line 3): expected one line per user, received 1, who has line 1 already. Join the two lines.
      lists.txt (line 2, column item): expected an id (a whole number from 0, or text), received "-6". A negative number often stands for a missing id: remove such rows.
      lists.txt: expected lines with a user id and item ids, received none. Is it complete?"
    `);
    expect(() => interactionLists({ path: 'a', order: 'times' as never })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: interactionLists(order): expected 'none' or 'time', received times.]`,
    );
  });
});

const path = (file: string): string => join(process.env['FOOTLIGHT_DATA'] ?? '', file);
const gowalla = ['gowalla/train.txt', 'gowalla/test.txt'].map(path);
const toys = path('s3rec/Toys_and_Games.txt');

describe.skipIf(![...gowalla, toys].every((file) => existsSync(file)))('interactionLists, on published files', () => {
  it('has the counts of Gowalla as LightGCN splits it', async () => {
    const [train, test] = gowalla.map((file) => interactionLists({ path: file }));
    const all = await trainAndTest(train!, test!).load(loadFrom(''));
    expect([all.catalogue.userCount, all.catalogue.itemCount]).toEqual([29858, 40981]);
    const parts = publishedSplit({ order: 'source' }).split(all, createRng(1));
    expect([parts.train.users.length, parts.test.targets.users.length]).toEqual([810128, 217242]);
  });

  it('has the counts of Toys as S3-Rec has it', async () => {
    const { catalogue, users } = await interactionLists({ path: toys, order: 'time' }).load(loadFrom(''));
    expect([catalogue.userCount, catalogue.itemCount, users.length]).toEqual([19412, 11924, 167597]);
  });
});
