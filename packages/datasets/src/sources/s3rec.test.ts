import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFeatureNames } from '../features.js';
import { listPairs } from '../fixtures.js';
import { resolveArchiveDirectory } from '../readers/archive-directory.js';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import type { ArchiveUse, Interactions } from '../types.js';
import { interactionLists } from './interaction-lists.js';
import { type S3RecOptions, s3rec } from './s3rec.js';

const load = (files: Record<string, string>, options: S3RecOptions = {}): Promise<Interactions> =>
  s3rec('Toys_and_Games', options).load(loadFrom(createTemporaryFolder(files)));
const histories = 's3rec/Toys_and_Games.txt';
const attributes = 's3rec/Toys_and_Games_item2attributes.json';
const message = (text: string): Promise<string> => catchMessage(load({ [histories]: text }));
const loadAttributes = (json: string): Promise<string> =>
  catchMessage(load({ [histories]: '1 5 6\n', [attributes]: json }, { attributes: true }));

describe('s3rec', () => {
  it('reads a history per user, oldest first', async () => {
    const { catalogue, ...columns } = await load({ [histories]: '2 9 8 9\n1 7\n' });
    expect(columns).toEqual({
      users: Int32Array.of(1, 1, 1, 0),
      items: Int32Array.of(2, 1, 2, 0),
      timestamps: Float64Array.of(0, 1, 2, 0),
      positions: true,
    });
    expect(catalogue).toEqual({
      userCount: 2,
      itemCount: 3,
      userIds: Int32Array.of(1, 2),
      itemIds: Int32Array.of(7, 8, 9),
    });
  });

  it('reads blank lines, CRLF, users without items, a last line without an end, and ids that are texts', async () => {
    expect(listPairs(await load({ [histories]: '\r\n1 5 5\r\n2\r\n\r\n3 6' }))).toEqual([
      [1, 5],
      [1, 5],
      [3, 6],
    ]);
    expect(listPairs(await load({ [histories]: 'ann B7 A3\nzoe A3\n' }))).toEqual([
      ['ann', 'B7'],
      ['ann', 'A3'],
      ['zoe', 'A3'],
    ]);
  });

  it('reads the attributes of items on request; an item that is not listed has none', async () => {
    const files = { [histories]: '1 5 6\n2 7 5\n', [attributes]: '{"5": [1, 10], "6": [2], "99": [3]}' };
    const { itemFeatures } = (await load(files, { attributes: true })).catalogue;
    expect([0, 1, 2].map((item) => readFeatureNames(itemFeatures!, item))).toEqual([
      ['attribute=1', 'attribute=10'],
      ['attribute=2'],
      [],
    ]);
    const own = { file: new Blob([files[histories]!]), attributes: new Blob([files[attributes]!]) };
    expect((await load({}, own)).catalogue.itemFeatures).toEqual(itemFeatures);
    expect(s3rec('Yelp', own).archives).toEqual([]);
    expect(s3rec('Yelp', { attributes: true }).archives!.map(({ fileName }) => fileName)).toEqual([
      's3rec/Yelp.txt',
      's3rec/Yelp_item2attributes.json',
    ]);
  });

  it('refuses other names, users with two lines, and attributes of another form', async () => {
    const messages = [
      await message('1 5\n1 6\n'),
      await message('\n'),
      await loadAttributes('[1, 2]'),
      await loadAttributes('{"5": [1'),
      await loadAttributes('{"5": [1], "6": 2}'),
      await loadAttributes('{"5": [null]}'),
    ];
    expect(messages.map((text) => text.replace(/JSON \(.*?\)\./, 'JSON (…).')).join('\n')).toMatchInlineSnapshot(`
      "Toys_and_Games.txt (line 2): expected one line per user, received 1, who has line 1 already. Join the two lines.
      Toys_and_Games.txt: expected lines with a user id and item ids, received none. Is it complete?
      Toys_and_Games_item2attributes.json: expected a JSON object with a list of attributes per id, received [1, 2]. Is it complete?
      Toys_and_Games_item2attributes.json: expected a JSON object with a list of attributes per id, received text that is no JSON (…). Is it complete?
      Toys_and_Games_item2attributes.json (id 6): expected a list of attributes, whole numbers or texts, received 2. Correct it or remove the id.
      Toys_and_Games_item2attributes.json (id 5): expected a list of attributes, whole numbers or texts, received [null]. Correct it or remove the id."
    `);
    expect(() => s3rec('Toys' as never)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: s3rec(name): expected one of Beauty, LastFM, Sports_and_Outdoors, Toys_and_Games, Yelp, received "Toys".]`,
    );
    expect(() => s3rec('constructor' as never)).toThrow('one of Beauty');
  });

  const toys = join(resolveArchiveDirectory(), histories);
  /** Skipped if FOOTLIGHT_DATA has no such file. */
  it.skipIf(!existsSync(toys))('has the published checksum and counts of Toys', async () => {
    const used: ArchiveUse[] = [];
    const options = { ...loadFrom(resolveArchiveDirectory()), onArchive: (use: ArchiveUse) => used.push(use) };
    const all = await s3rec('Toys_and_Games', { attributes: true }).load(options);
    expect(used).toEqual([
      { fileName: 'Toys_and_Games.txt', checksum: 'published' },
      { fileName: 'Toys_and_Games_item2attributes.json', checksum: 'published' },
    ]);
    const { catalogue, ...columns } = all;
    expect([catalogue.userCount, catalogue.itemCount, columns.users.length]).toEqual([19_412, 11_924, 167_597]);
    expect(catalogue.itemFeatures!.names.length).toBe(1027);
    const lists = await interactionLists({ path: toys, order: 'time' }).load(options);
    for (const column of ['users', 'items', 'timestamps'] as const)
      expect(columns[column]!.every((value, row) => value === lists[column]![row])).toBe(true);
  });
});
