import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import type { Interactions } from '../types.js';
import { interactionLists } from './interaction-lists.js';
import { type TableOptions, table } from './table.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const two = 'user,item\n1,2\n3,4\n';
const json = '{"user":1,"item":2}\n{"user":3,"item":4}\n';

/** Files that mean one thing only: users 1 and 3 with items 2 and 4. */
const clear: readonly (readonly [name: string, content: string | Uint8Array, options?: Partial<TableOptions>])[] = [
  ['plain-text.csv.gz', two],
  ['members.csv.gz', Buffer.concat([gzipSync('user,item\n1,2\n'), gzipSync('3,4\n')])],
  ['upper.CSV.GZ', gzipSync(two)],
  ['macos.zip', zipSync({ 'a.csv': bytes(two), '__MACOSX/._a.csv': bytes('x') })],
  ['list.zip', zipSync({ 'a.jsonl': bytes(json) }), { format: 'json-lines' }],
  ['trailing-comma.csv', 'user,item,\n1,2,\n3,4,\n'],
  ['quoted.csv', '\uFEFF"user","item"\r\n"1","2"\r\n3,4'],
  ['returns.csv', two.replaceAll('\n', '\r')],
  ['utf-16.csv', Buffer.from(two, 'utf16le')],
  ['pairs.csv', 'pair\n1:2\n3:4\n', { user: undefined, item: undefined, pair: { column: 'pair' } } as never],
];

/** Files that may mean several things, or nothing. */
const unclear: typeof clear = [
  ['rounded.csv', 'user,item\n7.91557E+17,2\n7.91557E+17,4\n'],
  ['no-width.csv', 'user,item\nann,2\nann\u200b,4\n'],
  ['decomposed.csv', 'user,item\nZoe\u0308,2\nZo\u00eb,4\n'],
  ['two-without-width.csv', 'user,item\na\u200bb,2\na\u200cb,4\n'],
  ['json.csv', json],
  ['json.zip', zipSync({ 'a.jsonl': bytes(json) })],
  ['array.csv', '[{"user":1,"item":2}]\n'],
  ['text.parquet', two],
  ['several-lines.json', '{\n  "user": 1,\n  "item": 2\n}\n'],
  ['cut.csv.gz', gzipSync(two.repeat(99)).subarray(0, 30)],
  ['garbage.csv.gz', Buffer.concat([gzipSync(two), Buffer.from('garbage')])],
  ['comment.csv', '# exported\nuser,item\n1,2\n'],
  ['without-header.csv', '1,2\n3,4\n'],
  ['null.csv', 'user,item\n1,2\nNULL,4\n'],
  ['end-of-text.csv', 'user,item\n1,2\n\x1a'],
];

async function load(...[name, content, options]: (typeof clear)[number]): Promise<Interactions> {
  const folder = createTemporaryFolder({ [name]: content });
  return table({ path: join(folder, name), user: 'user', item: 'item', ...options }).load(loadFrom(folder));
}

const list = ({ catalogue, users, items }: Interactions) =>
  Array.from(users, (user, row) => `${catalogue.userIds[user]} ${catalogue.itemIds[items[row]!]}`);

describe('files of strangers', () => {
  it.each(clear.map((file) => ({ name: file[0], file })))('reads $name', async ({ file }) =>
    expect(list(await load(...file))).toEqual(['1 2', '3 4']),
  );

  it('says what is wrong with others, and what to do', async () => {
    const messages: string[] = [];
    for (const file of unclear) messages.push(await catchMessage(load(...file)));
    expect(messages).toMatchInlineSnapshot(`
      [
        "rounded.csv (row 1, column user): expected a whole number as id, received "7.91557E+17". It is rounded, e.g. by a spreadsheet: export ids as text.",
        "no-width.csv (row 2, column user): expected one spelling of the id "ann", received another one, "ann\\u200b". Write it with the same characters everywhere.",
        "decomposed.csv (row 1, column user): expected one spelling of the id "Zoë", received another one, "Zoe\\u0308". Write it with the same characters everywhere.",
        "two-without-width.csv (row 2, column user): expected one spelling of the id "ab", received another one, "a\\u200cb". Write it with the same characters everywhere.",
        "json.csv (line 1): expected names of columns, received JSON ({"user":1,"item":2}). Set format: 'json-lines'.",
        "a.jsonl in json.zip (line 1): expected names of columns, received JSON ({"user":1,"item":2}). Set format: 'json-lines'.",
        "array.csv (line 1): expected names of columns, received JSON ([{"user":1,"item":2}]). Set format: 'json-lines'.",
        "text.parquet: expected a Parquet file, received a text (user,item…). Set format, e.g. to csv.",
        "several-lines.json (line 1): expected a JSON object, received an object over several lines. Write one object per line, e.g. with jq -c '.'.",
        "cut.csv.gz: expected a whole archive, received one that is cut off or damaged (unexpected end of file). Is it complete?",
        "garbage.csv.gz: expected a whole archive, received one that is cut off or damaged (incorrect header check). Is it complete?",
        "comment.csv: expected a column "user", received the columns # exported. Name one of these, or check the separator.",
        "without-header.csv: expected a column "user", received the columns 1, 2. If the file has no header, name its columns in header.",
        "null.csv (row 2, column user): expected a whole number as id, received "NULL". Remove the row or give it an id.",
        "end-of-text.csv (line 3, column user): expected 2 columns, received 1. Is the line cut off?",
      ]
    `);
  });

  it('takes lists with blanks between ids only, unless the separator is named', async () => {
    const messages: string[] = [];
    for (const content of ['1,2,3\n', '1: 2 3\n', '1\t2,3\n', '[1, [2, 3]]\n', '1 "2 a"\n', 'user items\n1 2\n3 4\n']) {
      const folder = createTemporaryFolder({ 'lists.txt': content });
      messages.push(await catchMessage(interactionLists({ path: join(folder, 'lists.txt') }).load(loadFrom(folder))));
    }
    expect(messages).toMatchInlineSnapshot(`
      [
        "lists.txt (line 1): expected ids with blanks between them, received "1,2,3". If another character separates ids, set separator: ','; if it belongs to the ids, set separator: ' '.",
        "lists.txt (line 1): expected ids with blanks between them, received "1:". If another character separates ids, set separator: ','; if it belongs to the ids, set separator: ' '.",
        "lists.txt (line 1): expected ids with blanks between them, received "2,3". If another character separates ids, set separator: ','; if it belongs to the ids, set separator: ' '.",
        "lists.txt (line 1): expected ids with blanks between them, received "[1,". If another character separates ids, set separator: ','; if it belongs to the ids, set separator: ' '.",
        "lists.txt (line 1): expected ids with blanks between them, received ""2". If another character separates ids, set separator: ','; if it belongs to the ids, set separator: ' '.",
        "lists.txt (line 1): expected a whole number as user id, as in the other lines, received "user". Remove the header.",
      ]
    `);
    const folder = createTemporaryFolder({ 'lists.txt': 'a 1,2 b\nc d:\n' });
    const lists = interactionLists({ path: join(folder, 'lists.txt'), separator: ' ' });
    expect(list(await lists.load(loadFrom(folder)))).toEqual(['a 1,2', 'a b', 'c d:']);
  });
});
