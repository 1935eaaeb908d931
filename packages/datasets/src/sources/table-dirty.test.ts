// structure: one list of dirty files and what becomes of each; in several files a gap would not be seen.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { zipFiles } from '../temporary-folder.fixture.js';
import type { Interactions } from '../types.js';
import { HEADER, load, loadMessage } from './table.fixture.js';
import type { TableOptions } from './table.js';

// Files as strangers have them: read as they are meant, or refused in a sentence that names the place.

const SMALL = 'user,item,stars\n';
const without = { timestamp: undefined } as unknown as Partial<TableOptions>;

/** Pairs of original ids. */
async function pairs(text: string | Uint8Array, name = 'log.csv', options = {}): Promise<unknown[]> {
  const { catalogue, users, items }: Interactions = await load(name, text, { ...without, ...options });
  return Array.from(users, (user, row) => [catalogue.userIds[user], catalogue.itemIds[items[row]!]]);
}

const message = (text: string | Uint8Array, name = 'log.csv', options = {}): Promise<string> =>
  loadMessage(name, text, { ...without, ...options });

/** UTF-16, most significant byte first or last. */
function encodeUtf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

describe('table, broken rows', () => {
  it('names the line of text after a closing quotation mark', async () => {
    expect(await message(`${SMALL}1,"Good" one,10\n2,B,20\n3,"C",30\n`)).toMatchInlineSnapshot(
      `"log.csv (line 2, column item): expected a separator or the end of the line after the closing quotation mark, received ""Good" one,10". Double the quotation marks inside of a field, or set quotes: false if they are characters like others."`,
    );
  });

  it('names the line of a quoted field without an end, wherever the file ends', async () => {
    expect(await message(`${SMALL}1,A,10\n2,"B,20\n3,C,30\n`)).toMatchInlineSnapshot(
      `"log.csv (line 3): expected matching quotation marks, received a quoted field without an end. Correct the row, or set quotes: false if quotation marks are characters like others."`,
    );
    const swallowing = `${SMALL}2,"B,20\n${'3,C,30\n'.repeat(900_000)}`;
    expect(await message(swallowing)).toContain('log.csv (line 2): expected matching quotation marks');
    expect(await message(gzipSync(swallowing), 'log.csv.gz')).toContain('log.csv.gz (line 2): expected matching');
    expect(await message('"user,item,stars\n1,2,3\n')).toContain('log.csv (line 1): expected matching quotation marks');
  });

  it('names the line of a ragged row, whether a field is quoted or not', async () => {
    for (const first of ['1,A,10', '1,"A",10']) {
      expect(await message(`${SMALL}${first}\n2,B,7,20,5\n`)).toBe(
        'log.csv (line 3, column stars): expected 3 columns, received more. Is the separator right?',
      );
      expect(await message(`${SMALL}${first}\n2,B\n`)).toBe(
        'log.csv (line 3, column item): expected 3 columns, received 2. Is the line cut off?',
      );
      expect(await message(`${first}\n2,B,7,20,5\n`, 'log.csv', { header: ['user', 'item', 'stars'] })).toContain(
        'line 2, column stars',
      );
    }
  });

  it('counts the lines of quoted fields', async () => {
    expect(await message(`user,note,item,stars\n1,"a\n\nb",A,10\n\n2,"c",B,x\n`)).toContain('(line 6, column stars)');
  });

  it('never joins the end of a line to an item', async () => {
    expect(await pairs('stars,user,item\r\n5,1,10\r\n5,2,a\r\n')).toEqual([
      [1, '10'],
      [2, 'a'],
    ]);
    expect(await pairs('stars,user,item\n5,1,10\r\n5,2,a\r\n5,3,a\n')).toEqual([
      [1, '10'],
      [2, 'a'],
      [3, 'a'],
    ]);
    expect(await pairs('stars,user,item\r\n5,1,10\n5,2,a\n5,3,a\r\n')).toEqual([
      [1, '10'],
      [2, 'a'],
      [3, 'a'],
    ]);
    expect(await pairs('stars,user,item\r\n5,1,10\n5,2,12')).toEqual([
      [1, 10],
      [2, 12],
    ]);
    expect(await pairs('5,"1",10\n5,2,a\r\n', 'log.csv', { header: ['stars', 'user', 'item'] })).toEqual([
      [1, '10'],
      [2, 'a'],
    ]);
    expect(await message('stars,user,item\n5,1,10\r5,2,a\n')).toMatchInlineSnapshot(
      `"log.csv (line 2, column item): expected line ends \\n or \\r\\n, received a carriage return (\\r) without \\n. Write all line ends alike, or put the field in quotation marks."`,
    );
  });

  it('takes a quotation mark for a character in TSV, and in CSV inside of a field', async () => {
    const tsv = 'user\titem\tstars\n1\t"Good" one\t5\n2\t"Weird Al\t4\n3\t12" single\t3\n4\t"\t2\n';
    expect(await pairs(tsv, 'log.tsv')).toEqual([
      [1, '"Good" one'],
      [2, '"Weird Al'],
      [3, '12" single'],
      [4, '"'],
    ]);
    expect(await pairs(`${SMALL}1,12" single,5\n`)).toEqual([[1, '12" single']]);
    expect(await message(`${SMALL}1, "Good, one",5\n`)).toMatchInlineSnapshot(
      `"log.csv (line 2, column item): expected the quotation mark right behind the separator, received " "Good, one",5". Remove the blanks, or set quotes: false if quotation marks are characters like others."`,
    );
    expect(await pairs(`${SMALL}1,"Good" one,10\n`, 'log.csv', { quotes: false })).toEqual([[1, '"Good" one']]);
  });

  it('refuses a header in a file that is said to have none, and a name that occurs twice', async () => {
    expect(
      await message(`user,item,stars\n1,2,3\n`, 'log.csv', { header: ['user', 'item', 'stars'] }),
    ).toMatchInlineSnapshot(
      `"log.csv (line 1): expected a file without a header, received user, item, stars. Leave header out: the first line has the names."`,
    );
    expect(await message(`user,item,stars,item\n1,2,3,4\n`)).toMatchInlineSnapshot(
      `"log.csv: expected one column "item", received several in user, item, stars, item. Give each column a name of its own."`,
    );
  });
});

describe('table, ids', () => {
  it('keeps ids of 64 bits apart, as numbers of JSON too', async () => {
    const [one, other] = ['791557233689870338', '791557233689870341'];
    const lines = [one, other].map((id) => `{"user":${id},"item":7,"stars":4.5}\n`).join('');
    expect(await pairs(lines, 'log.jsonl')).toEqual([
      [one, 7],
      [other, 7],
    ]);
    expect(await pairs(`${SMALL}${one},7,1\n${other},7,1\n`)).toEqual([
      [one, 7],
      [other, 7],
    ]);
    expect(await pairs(`${SMALL}"${one}",7,1\n${other},7,1\n`)).toEqual([
      [one, 7],
      [other, 7],
    ]);
    const escaped = `{"note":"\\\\\\"${one}\\"","user":${one},"item":"7","stars":4.000000000000000001}\n`;
    expect(await pairs(escaped, 'log.jsonl')).toEqual([[one, 7]]);
    expect(await message('{"user":1e20,"item":7,"stars":4}\n', 'log.jsonl')).toMatchInlineSnapshot(
      `"log.jsonl (line 1, column user): expected a whole number up to 2^53 - 1 as id, received 100000000000000000000. It is rounded: store ids as texts or int64."`,
    );
    expect(await message('{"user":9007199254740993.0,"item":7,"stars":4}\n', 'log.jsonl')).toContain(
      'line 1, column user',
    );
  });

  it('keeps spellings of a number apart', async () => {
    const ids = ['7', '007', '+7', '7.0', '7e0', '0x7'];
    expect(await pairs(SMALL + ids.map((id) => `1,${id},5\n`).join(''))).toEqual(ids.map((id) => [1, id]));
    expect(await pairs(SMALL + ids.map((id) => `1,"${id}",5\n`).join(''))).toEqual(ids.map((id) => [1, id]));
    expect(await message(`${SMALL}1,a7,5\n1, a7,5\n`)).toMatchInlineSnapshot(
      `"log.csv (row 2, column item): expected one spelling of the id "a7", received " a7" too. Remove the blanks around ids."`,
    );
  });

  it.each([' ', '\t ', '\u00a0', '" "', '""', ''])('refuses the id "%s"', async (id) => {
    expect(await message(`${SMALL}1,A,5\n${id},A,5\n`)).toMatch(
      /\((line 3|row 2), column user\): expected an id, received/,
    );
    const json = id.replaceAll('"', '').replace('\t', '\\t');
    expect(
      await message(`{"user":"x","item":2,"stars":3}\n{"user":"${json}","item":2,"stars":3}\n`, 'log.jsonl'),
    ).toMatch(/\(line 2, column user\): expected an id, received (nothing|blanks)\./);
  });

  it('refuses a mark of a missing id among whole numbers', async () => {
    for (const mark of ['NULL', 'nan', '\\N', 'None'])
      expect(await message(`${SMALL}1,7,5\n${mark},7,5\n`)).toContain(
        `(row 2, column user): expected a whole number as id, received "${mark}". Remove the row or give it an id.`,
      );
    expect(await pairs(`${SMALL}ann,7,5\nnull,7,5\n`)).toEqual([
      ['ann', 7],
      ['null', 7],
    ]);
  });
});

describe('table, numbers and times', () => {
  it('refuses ratings that are no finite float', async () => {
    for (const text of [`${SMALL}1,2,1e39\n`, `${SMALL}1,2,"1e39"\n`])
      expect(await message(text)).toBe(
        'log.csv (line 2, column stars): expected a number up to 3.4e38, received "1e39". ' +
          'Correct the row or remove it.',
      );
    expect(await message('{"user":1,"item":2,"stars":1e39}\n', 'log.jsonl')).toContain('(line 1, column stars)');
    for (const stars of ['0x10', '1_000', '5 stars', '1e400', '١'])
      expect(await message(`${SMALL}1,2,${stars}\n`)).toContain('(line 2, column stars): expected a finite number');
  });

  it('refuses days that do not exist', async () => {
    for (const day of ['2020-02-30', '2021-02-29', '2020-13-01', '2020-04-31', '2020-00-10', '2020-01-01T25:00'])
      expect(await loadMessage('log.csv', `${HEADER}1,2,3,${day}\n`, { times: 'date' })).toBe(
        `log.csv (line 2, column time): expected an ISO date, received "${day}". ` +
          'Correct the row, or set times to their unit, e.g. seconds.',
      );
    expect((await load('log.csv', `${HEADER}1,2,3,2020-02-29\n`, { times: 'date' })).timestamps![0]).toBe(1582934400);
  });

  it.each([
    ['seconds', '1546300800500', "If these are milliseconds, set times: 'milliseconds'."],
    ['seconds', '1546300800500000', "If these are microseconds, set times: 'microseconds'."],
    ['seconds', '1546300800500000000', "If these are nanoseconds, set times: 'nanoseconds'."],
    ['milliseconds', '1546300800500000000', "If these are nanoseconds, set times: 'nanoseconds'."],
    ['milliseconds', '1546300800500000', "If these are microseconds, set times: 'microseconds'."],
    ['milliseconds', '1546300800', "If these are seconds, leave times out or set times: 'seconds'."],
    ['microseconds', '1546300800500', "If these are milliseconds, set times: 'milliseconds'."],
    ['nanoseconds', '1546300800', "If these are seconds, leave times out or set times: 'seconds'."],
  ] as const)('refuses %s of %s', async (times, value, hint) => {
    const received = String(Number(value));
    const text = `${HEADER}1,2,3,${value}\n`;
    expect(await loadMessage('log.csv', text, { times })).toBe(
      `log.csv (row 1, column time): expected ${times} since 1970, received ${received}. ${hint}`,
    );
  });

  it('reads each unit, and clocks that begin at 0', async () => {
    const at = async (times: 'milliseconds' | 'microseconds' | 'nanoseconds', ...values: string[]) => [
      ...(await load('log.csv', HEADER + values.map((value) => `1,2,3,${value}\n`).join(''), { times })).timestamps!,
    ];
    expect(await at('milliseconds', '1546300800500')).toEqual([1546300800.5]);
    expect(await at('microseconds', '1546300800500001')).toEqual([1546300800.500001]);
    expect(await at('nanoseconds', '1546300800500000000')).toEqual([1546300800.5]);
    expect(await at('milliseconds', '0', '2000000000')).toEqual([0, 2_000_000]);
    expect((await load('log.csv', `${HEADER}1,2,3,0\n1,2,3,17\n`)).timestamps).toEqual(Float64Array.of(0, 17));
  });
});

describe('table, encodings and formats', () => {
  const text = 'user,item,stars\r\n1,Zoë,5\r\n2,日本,4\r\n';
  const expected = [
    [1, 'Zoë'],
    [2, '日本'],
  ];

  it('reads UTF-16, with a byte order mark or without', async () => {
    for (const bigEndian of [false, true])
      for (const mark of ['\uFEFF', '']) {
        expect(await pairs(encodeUtf16(mark + text, bigEndian))).toEqual(expected);
        expect(await pairs(gzipSync(encodeUtf16(mark + text, bigEndian)), 'log.csv.gz')).toEqual(expected);
        expect(await pairs(encodeUtf16(mark + text.replaceAll('\r\n', '\r'), bigEndian))).toEqual(expected);
        const json = '{"user":1,"item":"Zoë","stars":5}\n{"user":2,"item":"日本","stars":4}\n';
        expect(await pairs(encodeUtf16(mark + json, bigEndian), 'log.jsonl')).toEqual(expected);
      }
  });

  it('names the line of bytes that are no text, in every format', async () => {
    const latin = (content: string) => Buffer.from(content, 'latin1');
    expect(await message(latin(`${SMALL}1,Zoe,5\n1,Zoë,5\n`))).toMatchInlineSnapshot(
      `"log.csv (line 3): expected text in UTF-8, received other bytes. Set encoding to that of the file, e.g. encoding: 'latin1', or save the file as UTF-8."`,
    );
    expect(
      await message(latin('{"user":1,"item":2,"stars":5}\n\n{"user":1,"item":"Zoë","stars":5}\n'), 'log.jsonl'),
    ).toContain('log.jsonl (line 3): expected text in UTF-8');
    expect(await pairs(latin(`${SMALL}1,Zoë,5\n`), 'log.csv', { encoding: 'latin1' })).toEqual([[1, 'Zoë']]);
    const broken = Buffer.concat([encodeUtf16(`${SMALL}1,2,3\n1,`, false), Buffer.from([0, 0xd8, 44, 0])]);
    expect(await message(broken, 'log.csv', { encoding: 'utf-16le' })).toContain('(line 3): expected text in utf-16le');
  });

  it('reads gzip and zip whatever the name ends in', async () => {
    expect(await pairs(gzipSync(text), 'log.csv.GZ')).toEqual(expected);
    expect(await pairs(gzipSync(text), 'log.csv')).toEqual(expected);
    expect(await pairs(zipFiles({ 'a/log.csv': text, '__MACOSX/a/._log.csv': 'x' }), 'log.csv')).toEqual(expected);
    expect(await message(zipFiles({ 'a.csv': text, 'b.csv': text }), 'log.zip')).toMatchInlineSnapshot(
      `"log.zip: expected a zip archive with one file, received a.csv, b.csv. Unpack it, and name the file with the table."`,
    );
    expect(
      await message(zipFiles({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }), 'log.xlsx'),
    ).toMatchInlineSnapshot(
      `"log.xlsx: expected a zip archive with one file, received an Office document (.xlsx). Save the sheet as CSV."`,
    );
  });

  it('names an encrypted zip archive', async () => {
    const bytes = zipFiles({ 'log.csv': text });
    for (const signature of ['PK\x03\x04', 'PK\x01\x02']) {
      const flags = Buffer.from(bytes).indexOf(signature, 0, 'latin1') + (signature.endsWith('\x04') ? 6 : 8);
      bytes[flags]! |= 1;
    }
    expect(await message(bytes, 'log.zip')).toMatchInlineSnapshot(
      `"log.zip: expected a zip archive without password, with the usual compression (deflate), received an encrypted log.csv. Unpack it, and name the file itself."`,
    );
  });

  it.each([
    ['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
    ['\xfd7zXZ\0', 'an xz file'],
    ['Rar!\x1a\x07\x01\0', 'a rar archive'],
    ['\x28\xb5\x2f\xfd', 'a Zstandard file'],
    ['BZh91AY&SY\0', 'a bzip2 file'],
    ['PAR1\x15\0', 'a Parquet file'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an Excel workbook (.xls)'],
    ['SQLite format 3\0', 'an SQLite database'],
    ['<!DOCTYPE html>\n', 'an HTML page'],
    [`${'a'.repeat(257)}ustar\0`, 'a tar archive'],
  ])('names %j', async (begin, name) => {
    const bytes = Buffer.from(`${begin}rest\n`, 'latin1');
    for (const file of ['log.csv', 'log.jsonl'])
      expect(await message(bytes, file)).toContain(`${file}: expected a text file with a table, received ${name}.`);
    expect(await message(gzipSync(bytes), 'log.csv.gz')).toContain(`received ${name}.`);
  });

  it('names other things than JSON lines', async () => {
    expect(await message('[{"user":1,"item":2,"stars":3},\n{"user":2}]\n', 'log.json')).toMatchInlineSnapshot(
      `"log.json (line 1): expected a JSON object, received a JSON array ([{"user":1,"item":2,"stars":3},). Write one object per line, e.g. with jq -c '.[]'."`,
    );
    expect(await message('{\n  "user": 1\n}\n', 'log.json')).toMatchInlineSnapshot(
      `"log.json (line 1): expected a JSON object, received an object over several lines. Write one object per line, e.g. with jq -c '.'."`,
    );
    expect(await message('', 'log.json')).toMatchInlineSnapshot(
      `"log.json: expected rows, received an empty file. Is it complete?"`,
    );
    expect(await pairs('\uFEFF{"user":1,"item":2,"stars":3}\r{"user":2,"item":2,"stars":3}', 'log.json')).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it('names NUL characters, and an empty file', async () => {
    expect(await message(`${SMALL}1,2,3\n\0\0\0\0\n`)).toMatchInlineSnapshot(
      `"log.csv (line 3): expected text, received NUL characters. Is the file damaged, or no text?"`,
    );
    expect(await message('')).toMatchInlineSnapshot(
      `"log.csv: expected rows, received an empty file. Is it complete?"`,
    );
    expect(await message('\uFEFF\n\r\n')).toContain('received an empty file');
    expect(await message('user,item,stars\n\n')).toMatchInlineSnapshot(
      `"log.csv: expected rows, received a table without any. Is it complete?"`,
    );
  });

  it('throws for options that cannot be', async () => {
    for (const options of [
      { encoding: 'utf-99' },
      { separator: 'ab' },
      { separator: '"' },
      { separator: '§' },
      { user: 'item' },
    ])
      await expect(load('log.csv', text, { ...without, ...options })).rejects.toThrow(/^table\(/);
  });
});
