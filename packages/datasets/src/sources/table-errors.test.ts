import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import { HEADER, loadMessage, names } from './table.fixture.js';
import { table } from './table.js';

const csv = `${HEADER}ann,B7,5,1546300800\n`;

describe('table, errors', () => {
  it('throws for timestamps that must be milliseconds, and for dates without times', async () => {
    expect(await loadMessage('log.csv', `${HEADER}1,2,3,1546300800500\n`)).toMatchInlineSnapshot(
      `"log.csv (row 1, column time): expected seconds since 1970, received 1546300800500. If these are milliseconds, set times: 'milliseconds'."`,
    );
    expect(await loadMessage('log.csv', `${HEADER}1,2,3,2019-01-01\n`)).toMatchInlineSnapshot(
      `"log.csv (line 2, column time): expected a finite number, received "2019-01-01". If these are times, set times: 'date'."`,
    );
  });

  it('names a missing column in every format', async () => {
    const options = { user: 'reviewer' };
    expect(await loadMessage('log.csv', csv, options)).toMatchInlineSnapshot(
      `"log.csv: expected a column "reviewer", received the columns user, item, stars, time. Name one of these, or check the separator."`,
    );
    expect(await loadMessage('log.csv', `"user",item\n`, options)).toMatchInlineSnapshot(
      `"log.csv: expected a column "reviewer", received the columns user, item. Name one of these, or check the separator."`,
    );
    expect(await loadMessage('log.jsonl', '{"user":1}\n', options)).toMatchInlineSnapshot(
      `"log.jsonl: expected a column "reviewer", received the columns user. Name one of these, or check the separator."`,
    );
  });

  it('names file, row and column of an invalid value', async () => {
    expect(await loadMessage('log.csv', `${HEADER}1,2,NaN,0\n`)).toMatchInlineSnapshot(
      `"log.csv (line 2, column stars): expected a finite number, received "NaN". Correct the row or remove it."`,
    );
    expect(await loadMessage('log.csv', `${HEADER}"1",2,NaN,0\n`)).toMatchInlineSnapshot(
      `"log.csv (line 2, column stars): expected a finite number, received "NaN". Correct the row or remove it."`,
    );
    expect(await loadMessage('log.csv', `${HEADER}1,-2,3,0\n`)).toMatchInlineSnapshot(
      `"log.csv (line 2, column item): expected an id (a whole number from 0, or text), received -2. A negative number often stands for a missing id: remove such rows."`,
    );
    expect(await loadMessage('log.jsonl', '{"user":1,"item":2,"stars":null,"time":3}\n')).toMatchInlineSnapshot(
      `"log.jsonl (line 1, column stars): expected a finite number, received null. Correct the row or remove it."`,
    );
    expect(await loadMessage('log.jsonl', '[1, 2\n')).toMatchInlineSnapshot(
      `"log.jsonl (line 1): expected a JSON object, received a JSON array ([1, 2). Write one object per line, e.g. with jq -c '.[]'."`,
    );
  });

  it('throws for files that it cannot read', async () => {
    expect(await loadMessage('log.parquet', csv)).toMatchInlineSnapshot(
      `"log.parquet: expected a Parquet file, received a text (user,item,stars,time…). Set format, e.g. to csv."`,
    );
    const folder = createTemporaryFolder();
    for (const name of ['none.csv', 'none.parquet'])
      expect(
        await catchMessage(table({ path: join(folder, name), ...names }).load(loadFrom(folder)), folder),
      ).toContain(`${name}: expected a file at <folder>/${name}, received none. Check the path.`);
  });

  it('throws for options that contradict each other', () => {
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
      `[RecsysError: table(times): expected a column of timestamps, received none. Name it in timestamp.]`,
    );
  });

  it('names the row of a pair or a weight that does not fit', async () => {
    const folder = createTemporaryFolder({
      'a.csv': 'pair,n\n1:2,1\n1:2:3,1\n',
      'b.csv': 'pair,n\n1,1\n',
      'c.csv': 'pair,n\n1:2,-1\n',
    });
    const loadPair = (file: string) =>
      catchMessage(
        table({ path: join(folder, file), pair: { column: 'pair' }, weight: 'n' }).load(loadFrom(folder)),
        folder,
      );
    const messages = [await loadPair('a.csv'), await loadPair('b.csv'), await loadPair('c.csv')];
    expect(messages.join('\n')).toMatchInlineSnapshot(`
      "a.csv (row 2, column pair): expected two ids around one ":", received "1:2:3". Correct the row, or name the separator.
      b.csv (row 1, column pair): expected two ids around one ":", received 1. Correct the row, or name the separator.
      c.csv (row 1, column n): expected a weight from 0, received -1. Correct the row or remove it."
    `);
    expect(() => table({ path: 'a.csv', user: 'u' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table: expected the columns of users and items, received none. Name them in user and item, or in pair.]`,
    );
    expect(() => table({ path: 'a.csv', user: 'u', pair: { column: 'p' } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(pair): expected either pair, or user and item, received both. Leave user and item out.]`,
    );
  });
});
