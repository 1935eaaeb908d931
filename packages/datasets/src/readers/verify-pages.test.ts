import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { type ColumnMetaData, parquetMetadata } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { fingerprintInteractions } from '../canonical/fingerprint-interactions.js';
import { table } from '../sources/table.js';
import { catchMessage, createTemporaryFolder } from '../temporary-folder.fixture.js';

/** Flipped bits of each file. */
const flips = process.env['FOOTLIGHT_TEST_SUITE'] === 'all' ? 2000 : 100;

interface Page {
  readonly group: number;
  readonly column: string;
  readonly number: number;
  /** Of the bytes that the checksum is of. */
  readonly start: number;
  readonly end: number;
}

function listPages({ buffer }: Uint8Array<ArrayBuffer>): Page[] {
  return parquetMetadata(buffer).row_groups.flatMap(({ columns }, group) =>
    columns.flatMap(({ meta_data }) => listColumnPages(buffer, group + 1, meta_data!)),
  );
}

function listColumnPages(buffer: ArrayBuffer, group: number, column: ColumnMetaData): Page[] {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const reader = { view: new DataView(buffer, start, Number(column.total_compressed_size)), offset: 0 };
  const pages: Page[] = [];
  while (reader.offset < reader.view.byteLength) {
    const { compressed_page_size } = parquetHeader(reader);
    const first = start + reader.offset;
    const name = column.path_in_schema.join('.');
    pages.push({ group, column: name, number: pages.length + 1, start: first, end: first + compressed_page_size });
    reader.offset += compressed_page_size;
  }
  return pages;
}

// Written by tooling/fixtures/parquet.py: two row groups, columns of several pages, one with a dictionary.
describe.each(['checksums-1.parquet', 'checksums-2.parquet'])('checksums of pages of Parquet, %s', (name) => {
  const content = Uint8Array.from(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));
  const pages = listPages(content);
  let path: string;
  beforeEach(() => {
    path = join(createTemporaryFolder({ [name]: content }), name);
  });
  const rng = createRng(1);
  async function load(changed: Uint8Array): Promise<string> {
    writeFileSync(path, changed);
    return JSON.stringify(fingerprintInteractions(await table({ path, user: 'user', item: 'item' }).load({ rng })));
  }
  const flip = (bit: number): Uint8Array => {
    const changed = content.slice();
    changed[bit >> 3]! ^= 1 << (bit & 7);
    return changed;
  };

  it('reads the file', async () => {
    expect(pages.map(({ column }) => column)).toEqual(expect.arrayContaining(['user', 'item', 'tags.list.element']));
    expect(pages.length).toBeGreaterThan(40);
    const rows = Array.from({ length: 400 }, (_, row) => `user ${(37 * row) % 53},${(61 * row) % 1009}`);
    const csv = join(createTemporaryFolder({ 'same.csv': ['user,item', ...rows].join('\n') }), 'same.csv');
    const same = await table({ path: csv, user: 'user', item: 'item' }).load({ rng });
    expect(await load(content)).toBe(JSON.stringify(fingerprintInteractions(same)));
  });

  it('refuses each page with one flipped bit, with row group, column and page', async () => {
    for (const { group, column, number, start, end } of pages) {
      const changed = flip(8 * rng.integer(end - start) + 8 * start + rng.integer(8));
      if (column === 'tags.list.element') continue; // it is not read
      expect(await catchMessage(load(changed))).toMatch(
        new RegExp(
          `^${name}, row group ${group}, column ${column}: expected page ${number} to have the checksum ` +
            '[0-9a-f]{8}, received [0-9a-f]{8}\\. The file is damaged: get it or write it again\\.$',
        ),
      );
    }
  });

  it('verifies columns of lists', async () => {
    const { start } = pages.find(({ column }) => column === 'tags.list.element')!;
    const itemFeatures = { path, id: 'item', features: ['tags'] };
    const log = table({ path, user: 'user', item: 'item', itemFeatures });
    writeFileSync(path, flip(8 * start));
    expect(await catchMessage(log.load({ rng }))).toContain('row group 1, column tags.list.element: expected page 1');
    writeFileSync(path, content);
    expect((await log.load({ rng })).catalogue.itemIds).toHaveLength(400);
  });

  it('gives no other data in silence, wherever a bit is flipped', async () => {
    const whole = await load(content);
    for (let number = 0; number < flips; number++) {
      const bit = Math.floor(((number + 0.5) / flips) * content.length * 8);
      const outcome = await load(flip(bit)).catch((error: unknown) => error);
      if (outcome !== whole) expect(outcome, `bit ${bit}`).toMatchObject({ name: 'RecsysError' });
    }
  }, 120_000);
});
