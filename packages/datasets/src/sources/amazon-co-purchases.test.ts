import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import type { Interactions } from '../types.js';
import { type AmazonCoPurchasesOptions, amazonCoPurchases } from './amazon-co-purchases.js';

/**
 * Product 2 is discontinued; Spotlight's parser fails on the category of 3 and on the title of 5; 7 is the last one.
 */
const meta = `# Full information about Amazon Share the Love products
Total items: 6

Id:   1
ASIN: 0827229534
  title: Patterns: A Sampler
  group: Book
  salesrank: 396585
  similar: 2  0804215715  156101074X
  categories: 1
   |Books[283155]|Subjects[1000]
  reviews: total: 2  downloaded: 2  avg rating: 5
    2000-7-28  cutomer: A2JW67OY8U6HHK  rating: 5  votes:  10  helpful:   9
    2003-12-14  cutomer: A2VE83MZF98ITY  rating: 4  votes:   6  helpful:   5

Id:   2
ASIN: 0771044445
  discontinued product

Id:   3
ASIN: B00000
  title: Songs
  group: Music
  categories: 1
   |Music[5174]|Actors[guitar][285]
  reviews: total: 1  downloaded: 1  avg rating: 3
    2001-2-3  cutomer: A3  rating: 3  votes:   0  helpful:   0

Id:   4
ASIN: 0738700797
  title: Candlemas
  categories: 0
  reviews: total: 1  downloaded: 1  avg rating: 2
    2001-12-16  cutomer: A2JW67OY8U6HHK  rating: 2  votes:   5  helpful:   4

Id:   5
ASIN: 0738700798
  title: Book reviews: how to
  categories: 0
  reviews: total: 1  downloaded: 1  avg rating: 1
    2001-12-17  cutomer: A5  rating: 1  votes:   5  helpful:   4

Id:   7
ASIN: 0738700799
  title: Last
  categories: 0
  reviews: total: 1  downloaded: 1  avg rating: 5
    2002-1-1  cutomer: A3  rating: 5  votes:   5  helpful:   4
`;

async function load(options: AmazonCoPurchasesOptions = {}, text = meta): Promise<Interactions> {
  const folder = createTemporaryFolder({ 'amazon-meta.txt.gz': gzipSync(text.replaceAll('\n', '\r\n')) });
  return amazonCoPurchases(options).load(loadFrom(folder));
}

const listRows = ({ catalogue, users, items, ratings }: Interactions): unknown[] =>
  Array.from(users, (user, row) => [catalogue.userIds[user], catalogue.itemIds[items[row]!], ratings![row]]);
const parseDay = (text: string): number => Date.parse(text) / 1000;

describe('amazonCoPurchases', () => {
  it('reads the reviews of every product', async () => {
    const loaded = await load();
    expect(listRows(loaded)).toEqual([
      ['A2JW67OY8U6HHK', 1, 5],
      ['A2VE83MZF98ITY', 1, 4],
      ['A3', 3, 3],
      ['A2JW67OY8U6HHK', 4, 2],
      ['A5', 5, 1],
      ['A3', 7, 5],
    ]);
    expect(loaded.catalogue.itemTitles).toEqual([
      'Patterns: A Sampler',
      'Songs',
      'Candlemas',
      'Book reviews: how to',
      'Last',
    ]);
    expect([...loaded.timestamps!]).toEqual(
      ['2000-07-28', '2003-12-14', '2001-02-03', '2001-12-16', '2001-12-17', '2002-01-01'].map(parseDay),
    );
  });

  it('with faithful, leaves out the last product and repeats the product before a parser failure', async () => {
    const loaded = await load({ faithful: true });
    expect(listRows(loaded)).toEqual([
      ['A2JW67OY8U6HHK', 1, 5],
      ['A2VE83MZF98ITY', 1, 4],
      // product 2 has no reviews, so product 3 repeats nothing
      ['A2JW67OY8U6HHK', 4, 2],
      ['again A2JW67OY8U6HHK', 4, 2], // instead of product 5
    ]);
    expect(loaded.timestamps![0]).toBe(Math.fround(parseDay('2000-07-28')));
  });

  it('repeats a repetition with new users again', async () => {
    const [, four, five] = /(Id: {3}4[\s\S]*)(Id: {3}5[\s\S]*)Id: {3}7/.exec(meta)!;
    const text = `# a\nTotal items: 4\n\n${four}${five}${five!.replace('5', '6')}${five!.replace('5', '7')}`;
    expect(listRows(await load({ faithful: true }, text)).map((row) => (row as string[])[0])).toEqual([
      'A2JW67OY8U6HHK',
      'again A2JW67OY8U6HHK',
      'again again A2JW67OY8U6HHK',
    ]);
  });

  it('filters users and items by their original counts, at once', async () => {
    // A2JW… and A3 have two reviews each; only product 1 has two. One row remains, with both below their minimum.
    expect(listRows(await load({ minimum: { users: 2, items: 2 } }))).toEqual([['A2JW67OY8U6HHK', 1, 5]]);
  });

  it('numbers as Spotlight does: from 1, users by first appearance, items by their numbers', async () => {
    const { catalogue, users, items } = await load({ numbering: 'spotlight' });
    expect(users).toEqual(Int32Array.of(1, 2, 3, 1, 4, 3));
    expect(items).toEqual(Int32Array.of(1, 1, 2, 3, 4, 5));
    expect(catalogue.userIds).toEqual(['', 'A2JW67OY8U6HHK', 'A2VE83MZF98ITY', 'A3', 'A5']);
    expect(catalogue.itemIds).toEqual(Int32Array.of(0, 1, 3, 4, 5, 7));
  });

  it('throws for another file', async () => {
    const folder = createTemporaryFolder({ 'amazon-meta.txt.gz': gzipSync('<html>') });
    expect(await catchMessage(amazonCoPurchases().load(loadFrom(folder)), folder)).toMatchInlineSnapshot(
      `"amazon-meta.txt.gz: expected products with reviews, received none. Is it the original file?"`,
    );
  });

  it.each([false, true])('refuse an id that is none or occurs twice (faithful: %s)', async (faithful) => {
    const messages: string[] = [];
    for (const id of ['x', '1.5', '-4', '', '1'])
      messages.push(await catchMessage(load({ faithful }, meta.replace('Id:   4', `Id:   ${id}`))));
    expect(messages).toEqual(
      ['Id:   x', 'Id:   1.5', 'Id:   -4', 'Id:', 'Id:   1'].map(
        (received) =>
          'amazon-meta.txt.gz (line 29): expected a whole number after Id:, once in the file, ' +
          `received "${received}". Is it the original file?`,
      ),
    );
  });

  it('refuse a review that cannot be read', async () => {
    const messages: string[] = [];
    for (const date of ['2001-13-16', '2001-02-30', '2001-12', 'yesterday'])
      messages.push(await catchMessage(load({}, meta.replace('2001-12-16', date))));
    expect(messages[1]).toMatchInlineSnapshot(
      `"amazon-meta.txt.gz (product 4): expected reviews with date, cutomer and rating, received "2001-02-30  cutomer: A2JW67OY8U6HHK  rating: 2  votes:   5  helpful:   4". Is it the original file?"`,
    );
    expect(messages.every((message) => message.startsWith('amazon-meta.txt.gz (product 4): expected reviews'))).toBe(
      true,
    );
  });
});
