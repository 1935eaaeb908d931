import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createTemporaryFolder, loadFrom, zipFiles } from '../temporary-folder.fixture.js';
import type { Interactions } from '../types.js';
import { table } from './table.js';

// One logical table, written in every way that a delimited file can be written. What is expected comes from the rows.

interface Row {
  readonly user: string;
  readonly item: string;
  readonly stars: string;
  readonly note: string;
}

interface Writing {
  readonly separator: ',' | '\t' | '::';
  readonly lineEnds: readonly string[];
  readonly mark: string;
  /** Which fields are in quotation marks. */
  readonly quoted: (row: number, column: number) => boolean;
  readonly header: boolean;
}

const COLUMNS = ['note', 'item', 'stars', 'user'] as const;
const plain: readonly Row[] = [
  { user: '11', item: '7', stars: '5', note: '' },
  { user: '2', item: '30', stars: '2.5', note: 'x' },
  { user: '11', item: '30', stars: '.5', note: 'two words' },
  { user: '3000000000', item: '7', stars: '4', note: 'é' },
  { user: '2', item: '7', stars: '1e0', note: "it's" },
];
const texts: readonly Row[] = plain.map((row, at) => ({
  ...row,
  user: `u${row.user}`,
  item: ['B 7', 'Zoë', '007'][at % 3]!,
}));
const difficult: readonly Row[] = texts.map((row, at) => ({
  ...row,
  item: ['a, b', 'say "no"', 'tab\there', 'two::colons', '"', 'two\nlines'][at % 6]!,
  note: ['""', '1,2\n3,4', ',\t::', '"', '\n'][at]!,
}));

function write(rows: readonly Row[], { separator, lineEnds, mark, quoted, header }: Writing): string {
  const lines = rows.map((row) => COLUMNS.map((column) => row[column]));
  if (header) lines.unshift([...COLUMNS]);
  const field = (text: string, row: number, column: number): string =>
    quoted(row, column) ? `"${text.replaceAll('"', '""')}"` : text;
  const written = lines.map((fields, row) => fields.map((text, column) => field(text, row, column)).join(separator));
  return mark + written.map((line, row) => line + lineEnds[row % lineEnds.length]).join('');
}

async function loadText(
  text: string,
  extension: string,
  options: object,
  pack: 'plain' | 'gzip' | 'zip',
): Promise<Interactions> {
  const name = `log.${extension}`;
  const [path, content] = {
    plain: [name, text] as const,
    gzip: [`${name}.GZ`, gzipSync(text)] as const,
    zip: [`${name}.zip`, zipFiles({ [name]: text })] as const,
  }[pack];
  const folder = createTemporaryFolder({ [path]: content });
  return table({ path: join(folder, path), user: 'user', item: 'item', rating: 'stars', ...options }).load(
    loadFrom(folder),
  );
}

/** The rows with original ids, as texts. */
function listRows({ catalogue, users, items, ratings }: Interactions): string[][] {
  return Array.from(users, (user, row) => [
    String(catalogue.userIds[user]),
    String(catalogue.itemIds[items[row]!]),
    String(ratings![row]),
  ]);
}

const expectRows = (rows: readonly Row[]): string[][] =>
  rows.map(({ user, item, stars }) => [user, item, String(Number(stars))]);

const separators = { csv: ',', tsv: '\t', txt: '::' } as const;
const lineEnds = { LF: ['\n'], CRLF: ['\r\n'], mixed: ['\n', '\r\n', '\r\n'], CR: ['\r'] } as const;
const packs = ['plain', 'gzip', 'zip'] as const;
const everyField = () => true;
const noField = () => false;
const someFields = (row: number, column: number) => (row + column) % 2 === 0;

describe.each(['csv', 'tsv', 'txt'] as const)('table, every way of writing %s', (extension) => {
  const separator = separators[extension];
  const given = { ...(extension === 'txt' && { separator }) };
  const ways = Object.entries(lineEnds).flatMap(([name, ends]) =>
    ['', '\uFEFF'].flatMap((mark) => [true, false].map((header) => ({ name, ends, mark, header }))),
  );

  it.each(ways)('reads line ends $name, mark "$mark", header $header', async ({ ends, mark, header }) => {
    const options = { ...given, ...(!header && { header: COLUMNS }) };
    const cases = [
      [plain, noField],
      [texts, noField],
      [plain, everyField],
      [texts, everyField],
      [plain, someFields],
      [texts, someFields],
      [difficult, everyField],
    ] as const;
    for (const [at, [rows, quoted]] of cases.entries()) {
      const text = write(rows, { separator, lineEnds: ends, mark, quoted, header });
      const content = (at + ends.length) % 2 === 0 ? text : text.replace(/[\r\n]+$/, '');
      const quotes = quoted === noField ? {} : { quotes: true };
      const loaded = await loadText(content, extension, { ...options, ...quotes }, packs[(at + mark.length) % 3]!);
      expect(listRows(loaded)).toEqual(expectRows(rows));
    }
  });

  it('refuses fields in quotation marks where their meaning is open', async () => {
    if (extension === 'csv') return;
    const ends = { separator, lineEnds: ['\n'], mark: '' } as const;
    const all = write(texts, { ...ends, quoted: everyField, header: true });
    await expect(loadText(all, extension, given, 'plain')).rejects.toThrow(
      /\(line 1\): expected names of columns without quotation marks around them, received "note"\. Set/,
    );
    const some = write(texts, { ...ends, quoted: (row, column) => row === 2 && column === 1, header: true });
    await expect(loadText(some, extension, given, 'plain')).rejects.toThrow(
      /\(line 3, column item\): expected a field without quotation marks around it, received ""Zoë""\. Set/,
    );
    expect(listRows(await loadText(some, extension, { ...given, quotes: false }, 'plain'))[1]).toEqual([
      'u2',
      '"Zoë"',
      '2.5',
    ]);
  });
});

describe('table, many rows', () => {
  it('reads quoted fields that lie in two chunks of the file', async () => {
    const rng = createRng(7);
    const rows = Array.from({ length: 20_011 }, (): Row => {
      const note = 'said "no", \n'.repeat(rng.integer(20));
      return { user: `${rng.integer(50)}`, item: `i${rng.integer(9)}\n,"`, stars: `${rng.integer(5)}`, note };
    });
    for (const ends of [['\n'], ['\n', '\r\n'], ['\r']]) {
      const text = write(rows, { separator: ',', lineEnds: ends, mark: '', quoted: everyField, header: true });
      expect(text.length).toBeGreaterThan(2e6);
      const loaded = await loadText(text, 'csv', {}, 'plain');
      expect(listRows(loaded)).toEqual(expectRows(rows));
    }
  });
});
