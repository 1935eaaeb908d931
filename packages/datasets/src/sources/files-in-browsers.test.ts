import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createRng } from '@footlight/core';
import { describe, expect, it, vi } from 'vitest';
import type { FileContent } from '../readers/file-location.js';
import { catchMessage, zipFiles } from '../temporary-folder.fixture.js';
import type { Dataset, Interactions } from '../types.js';
import { amazonCoPurchases } from './amazon-co-purchases.js';
import { amazonReviews } from './amazon-reviews.js';
import { goodbooks } from './goodbooks.js';
import { interactionLists } from './interaction-lists.js';
import { itemVectors } from './item-vectors.js';
import { movielens } from './movielens.js';
import { table } from './table.js';

// Runs in Node with what browsers run instead; `tooling/browser-check` runs a browser.
vi.mock('../readers/disk.js', () => import('../readers/disk.browser.js'));
vi.mock('../readers/decompress.js', () => import('../readers/decompress.browser.js'));
vi.mock('../readers/obtain-archive.js', () => import('../readers/obtain-archive.browser.js'));
vi.mock('./movielens-archive.js', () => import('./movielens-archive.browser.js'));
vi.mock('./goodbooks-files.js', () => import('./goodbooks-files.browser.js'));

const options = { rng: createRng(1) };
const CSV = 'user,item\nann,7\nbob,30\nann,5\n';

const toFile = (name: string, content: string | Uint8Array): File =>
  new File([content as Uint8Array<ArrayBuffer>], name);

async function load(file: FileContent): Promise<string[]> {
  return list(await table({ file, user: 'user', item: 'item' }).load(options));
}

function list({ catalogue, users, items }: Interactions): string[] {
  return Array.from(users, (user, row) => `${catalogue.userIds[user]} ${catalogue.itemIds[items[row]!]}`);
}

describe('files of a page', () => {
  const expected = ['ann 7', 'bob 30', 'ann 5'];
  const lines = '{"user":"ann","item":7}\n{"user":"bob","item":30}\n{"user":"ann","item":5}\n';

  it.each<[string, FileContent]>([
    ['a CSV file', toFile('a.csv', CSV)],
    ['a Blob without a name', new Blob([CSV])],
    ['JSON lines', toFile('a.jsonl', lines)],
    ['gzip', toFile('a.csv.gz', gzipSync(CSV))],
    ['a zip archive', toFile('a.zip', zipFiles({ 'a.csv': CSV }))],
    ['UTF-16', toFile('a.csv', Buffer.from(`\uFEFF${CSV}`, 'utf16le'))],
    ['an answer of fetch', new Response(CSV)],
  ])('are read: %s', async (_, file) => {
    expect(await load(file)).toEqual(expected);
  });

  it('are read as often as they are loaded, also an answer of fetch', async () => {
    const dataset = table({ file: new Response(CSV), user: 'user', item: 'item' });
    expect(list(await dataset.load(options))).toEqual(list(await dataset.load(options)));
  });

  it('may be Parquet, lists and vectors', async () => {
    const bytes = readFileSync(fileURLToPath(new URL('../../fixtures/parquet/milliseconds.parquet', import.meta.url)));
    const parquet = table({ file: toFile('a.parquet', bytes), user: 'user', item: 'item', timestamp: 'time' });
    expect((await parquet.load(options)).users.length).toBeGreaterThan(0);
    const lists = interactionLists({ file: new Blob(['1 7 30\n2 5\n']) });
    expect(list(await lists.load(options))).toEqual(['1 7', '1 30', '2 5']);
    const vectors = toFile('v.csv', 'id,a,b\n5,1,2\n7,3,4\n30,5,6\n');
    const { catalogue } = await itemVectors(lists, { file: vectors }).load(options);
    expect([...catalogue.itemVectors!.values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('may be the archive of MovieLens', async () => {
    const archive = {
      'ml-latest-small/ratings.csv': 'userId,movieId,rating,timestamp\n1,7,4.0,100\n2,30,2.5,200\n',
      'ml-latest-small/movies.csv': 'movieId,title,genres\n7,Seven (1995),Crime\n30,Thirty (2001),Drama\n',
    };
    const uses: unknown[] = [];
    const dataset = movielens('latest-small', { file: toFile('ml-latest-small.zip', zipFiles(archive)) });
    const { catalogue, ratings } = await dataset.load({ ...options, onArchive: (use) => uses.push(use) });
    expect([catalogue.itemTitles, [...ratings!]]).toEqual([
      ['Seven (1995)', 'Thirty (2001)'],
      [4, 2.5],
    ]);
    expect(uses).toEqual([{ fileName: 'ml-latest-small.zip', checksum: 'other' }]);
    expect(dataset.protocol).toEqual(movielens('latest-small').protocol);
  });

  it('may be the archive of Goodbooks', async () => {
    const archive = zipFiles({
      'ratings.csv': 'user_id,book_id,rating\n3,2,5\n1,7,4\n',
      'books.csv': 'book_id,title\n2,Two\n7,Seven\n',
    });
    const uses: unknown[] = [];
    const dataset = goodbooks({ file: toFile('mine.zip', archive) });
    const { catalogue, users, items, ratings } = await dataset.load({ ...options, onArchive: (use) => uses.push(use) });
    expect([[...users], [...items], [...ratings!], catalogue.itemTitles]).toEqual([
      [1, 0],
      [0, 1],
      [5, 4],
      ['Two', 'Seven'],
    ]);
    expect(uses).toEqual([{ fileName: 'mine.zip', checksum: 'unknown' }]);
    expect([dataset.protocol, dataset.archives]).toEqual([goodbooks().protocol, []]);
  });

  it('may be the files of Amazon reviews and co-purchases', async () => {
    const lines = '{"reviewerID":"ann","asin":"7","overall":5,"unixReviewTime":1393545600}\n';
    const expected = [['ann 7'], [5], [1393545600]];
    const loadAll = async (dataset: Dataset): Promise<unknown> => {
      const loaded = await dataset.load(options);
      return [list(loaded), [...loaded.ratings!], [...loaded.timestamps!]];
    };
    for (const [file, more] of [
      [toFile('reviews_Baby_5.json.gz', gzipSync(lines)), {}],
      [new Response(lines), { edition: 2018 }],
      [new Blob(['ann,7,5.0,1393545600\n']), { content: 'ratings' }],
      [new Blob(['7,ann,5.0,1393545600\n']), { content: 'ratings', edition: 2018 }],
    ] as const) {
      const dataset = amazonReviews('Baby', { file, ...more });
      expect(await loadAll(dataset)).toEqual(expected);
      expect([dataset.protocol, dataset.archives]).toEqual([amazonReviews('Baby', more).protocol, []]);
    }
    const meta =
      'Id:   7\nASIN: 0827229534\n  title: Seven\n  group: Book\n  reviews: total: 1  downloaded: 1  avg rating: 5\n' +
      '    2000-7-28  cutomer: ann  rating: 5  votes:  10  helpful:   9\n\n';
    for (const file of [new Blob([meta]), toFile('amazon-meta.txt.gz', gzipSync(meta))])
      expect(await loadAll(amazonCoPurchases({ file }))).toEqual([['ann 7'], [5], [Date.UTC(2000, 6, 28) / 1000]]);
  });

  it('give the errors of files on disk', async () => {
    const zip = zipFiles({ 'a.csv': CSV });
    const encrypted = zip.slice();
    encrypted[encrypted.length - 22 - (46 + 5) + 8]! |= 1; // the flags in the directory
    const lying = zip.slice();
    new DataView(lying.buffer).setUint32(lying.length - 22 - (46 + 5) + 20, 1e6, true); // the compressed size
    const wrong = zip.slice();
    wrong[31 + 5]! ^= 1; // the content
    const messages = [
      await catchMessage(load(toFile('a.csv', 'user,item\n1\n'))),
      await catchMessage(load(toFile('a.csv', Uint8Array.of(...Buffer.from('user,item\n1,'), 0xff, 10)))),
      await catchMessage(load(toFile('encrypted.zip', encrypted))),
      await catchMessage(load(toFile('lying.zip', lying))),
      await catchMessage(load(toFile('cut.zip', zip.slice(0, -1)))),
      await catchMessage(load(toFile('bomb.csv.gz', gzipSync(`user,item\n${'1,2\n'.repeat(2 ** 25)}`)))),
      await catchMessage(load(new Response('', { status: 404 }))),
    ];
    expect(messages).toMatchInlineSnapshot(`
      [
        "a.csv (line 2, column user): expected 2 columns, received 1. Is the line cut off?",
        "a.csv (line 2): expected text in UTF-8, received other bytes. Set encoding to that of the file, e.g. encoding: 'latin1', or save the file as UTF-8.",
        "encrypted.zip: expected a zip archive without password, with the usual compression (deflate), received an encrypted a.csv. Unpack it, and name the file itself.",
        "lying.zip: expected a whole archive, received one that is cut off or damaged (a.csv reaches beyond its end). Is it complete?",
        "cut.zip: expected a whole archive, received one that is cut off or damaged (End of central directory record signature not found. Either not a zip file, or file is truncated). Is it complete?",
        "bomb.csv.gz: expected at most 250 times the 130522 bytes that it has compressed, received more than 64 MiB. Is the file what it should be? If it is, raise limits.expansion, or unpack it.",
        "an answer without address: expected a file at an answer without address, received the status 404. Check the address.",
      ]
    `);
    expect(await catchMessage(load(toFile('wrong.zip', wrong)))).toContain('that is cut off or damaged');
    expect(await catchMessage(load(toFile('cut.csv.gz', gzipSync(CSV).subarray(0, -9))))).toContain(
      'cut off or damaged',
    );
  }, 60_000);

  it('say what to pass where only Node has files', async () => {
    const refuse = (): unknown => table({ file: Promise.resolve() as never, user: 'user', item: 'item' });
    expect(refuse).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(file): expected a File, a Blob or what fetch returned, received object. Wait for it with await.]`,
    );
    expect(() => table({ path: 'a.csv', file: new Blob(), user: 'u', item: 'i' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(file): expected either path or file, received both. Leave one of them out.]`,
    );
    const messages = [
      await catchMessage(table({ path: 'folder/a.csv', user: 'user', item: 'item' }).load(options)),
      await catchMessage(movielens('1m').load(options)),
      await catchMessage(goodbooks().load(options)),
      await catchMessage(amazonReviews('Baby').load(options)),
      await catchMessage(goodbooks({ file: toFile('a.zip', zipFiles({ 'a.csv': CSV })) }).load(options)),
      await catchMessage(amazonReviews('Baby', { file: new Blob([CSV]) }).load(options)),
    ];
    expect(messages).toMatchInlineSnapshot(`
      [
        "path: expected a file of the page, received the path folder/a.csv. Browsers open no paths: pass a File, a Blob or what fetch returned as \`file\`.",
        "ml-1m.zip: expected a folder of archives, received a browser, which has none. Pass the file itself as \`file\`: a File, a Blob or what fetch returned.",
        "goodbooks-10k.zip: expected a folder of archives, received a browser, which has none. Pass the file itself as \`file\`: a File, a Blob or what fetch returned.",
        "reviews_Baby_5.json.gz: expected a folder of archives, received a browser, which has none. Pass the file itself as \`file\`: a File, a Blob or what fetch returned.",
        "a.zip: expected an archive with ratings.csv, received one with a.csv. Is a.zip the original archive?",
        "blob (line 1): expected a JSON object, received user,item. Is it JSON lines, with one object per line?",
      ]
    `);
  });
});
