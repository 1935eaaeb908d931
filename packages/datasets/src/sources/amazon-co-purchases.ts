import { assertInteger, RecsysError } from '@footlight/core';
import { minimumCounts } from '../filters/minimum-counts.js';
import { createIdCollector, createNumberCollector } from '../readers/column-collectors.js';
import { numberIds } from '../readers/number-ids.js';
import { type Archive, obtainArchive } from '../readers/obtain-archive.js';
import { openFile, readLines, type SourceFile } from '../readers/source-file.js';
import { numberFromOne } from '../readers/spotlight-numbering.js';
import type { Dataset, Interactions } from '../types.js';

export interface AmazonCoPurchasesOptions {
  /**
   * As Spotlight's copy of these data was made. Default false.
   * - The last product is left out.
   * - A product whose lines mislead its parser (a title with `reviews:`, a category with a second bracket) brings the reviews of the product
   *   before once more, under users who do not exist.
   * - Times are rounded to float32: 64 or 128 seconds.
   */
  readonly faithful?: boolean;
  /** Interactions that users and items must have; both are counted before anything is dropped. Spotlight: 10 and 10. Default 1 and 1. */
  readonly minimum?: { readonly users: number; readonly items: number };
  /** `sorted` (default): 0, 1, 2, … in ascending order of the original ids. `spotlight`: from 1, users in order of first appearance. */
  readonly numbering?: 'sorted' | 'spotlight';
}

const ARCHIVE: Archive = {
  fileName: 'amazon-meta.txt.gz',
  url: 'https://snap.stanford.edu/data/bigdata/amazon/amazon-meta.txt.gz',
};

/**
 * The products of the Amazon co-purchasing network with their reviews, collected in 2006: about 550 thousand products, 7.8 million
 * ratings, by day (UTC). Rows are grouped by product, as in the file. Original item ids are the file's product numbers.
 *
 * Licence: none stated; SNAP asks to be cited.
 *
 * @example
 * amazonCoPurchases({ faithful: true, minimum: { users: 10, items: 10 }, numbering: 'spotlight' }) // as Spotlight's `get_amazon()`
 * @source Leskovec, Adamic and Huberman, ACM TWEB 1(1), 2007, https://snap.stanford.edu/data/amazon-meta.html
 */
export function amazonCoPurchases({
  faithful = false,
  minimum,
  numbering = 'sorted',
}: AmazonCoPurchasesOptions = {}): Dataset {
  const { users = 1, items = 1 } = minimum ?? {};
  assertInteger('amazonCoPurchases(minimum.users)', users);
  assertInteger('amazonCoPurchases(minimum.items)', items);
  return {
    name: `amazon-co-purchases${faithful ? '(faithful)' : ''}`,
    protocol: { source: 'amazon-co-purchases', faithful, minimum: { users, items }, numbering },
    columns: { ratings: true, timestamps: true },
    async load(options) {
      const file = await openFile(await obtainArchive(ARCHIVE, options), options);
      const loaded = await collectReviews(file, faithful, numbering);
      const kept = users > 1 || items > 1 ? minimumCounts({ users, items }).apply(loaded) : loaded;
      return numbering === 'spotlight' ? numberFromOne(kept) : kept;
    },
  };
}

interface Product {
  readonly id: number;
  readonly title: string;
  readonly users: readonly string[];
  readonly ratings: readonly number[];
  readonly times: readonly number[];
}

async function collectReviews(
  file: SourceFile,
  faithful: boolean,
  numbering: 'sorted' | 'spotlight',
): Promise<Interactions> {
  const user = createIdCollector(file.name, 'cutomer');
  const item = createIdCollector(file.name, 'Id');
  const rating = createNumberCollector('float32', file.name, 'rating');
  const time = createNumberCollector('float64', file.name, 'date');
  const titles = new Map<number, string>();
  let row = 0;
  for await (const product of faithful ? readProductsAsSpotlight(file) : readProducts(file)) {
    if (product.title !== '') titles.set(product.id, product.title);
    for (let at = 0; at < product.users.length; at++) {
      row++;
      user.add(product.users[at], row);
      item.add(product.id, row);
      rating.add(product.ratings[at], row);
      time.add(faithful ? Math.fround(product.times[at]!) : product.times[at], row);
    }
  }
  if (row === 0)
    throw new RecsysError(
      'invalid-data',
      `${file.name}: expected products with reviews, received none. Is it the original file?`,
    );
  const users = numberIds(user.take(), numbering === 'sorted' ? 'ascending' : 'appearance');
  const items = numberIds(item.take(), 'ascending');
  return {
    catalogue: {
      userCount: users.originals.length,
      itemCount: items.originals.length,
      userIds: users.originals,
      itemIds: items.originals,
      itemTitles: Array.from(items.originals as ArrayLike<number>, (id) => titles.get(id) ?? ''),
    },
    users: users.ids,
    items: items.ids,
    ratings: rating.take() as Float32Array,
    timestamps: time.take() as Float64Array,
  };
}

const REVIEW = /^\s+(\d+)-(\d+)-(\d+)\s+cutomer:\s*(\S+)\s+rating:\s*(\d+)\s/;

async function* readProducts(file: SourceFile): AsyncGenerator<Product> {
  for await (const lines of readBlocks(file)) {
    const users: string[] = [];
    const ratings: number[] = [];
    const times: number[] = [];
    for (const line of lines) {
      const [, year, month, day, user, rating] = REVIEW.exec(line) ?? [];
      if (user === undefined) continue;
      users.push(user);
      ratings.push(Number(rating));
      times.push(Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000);
    }
    yield { id: Number(lines[0]!.slice(3)), title: findTitle(lines), users, ratings, times };
  }
}

/** What came out of Spotlight's conversion: see `faithful`. */
async function* readProductsAsSpotlight(file: SourceFile): AsyncGenerator<Product> {
  let block: string[] | undefined;
  let before: Product | undefined;
  for await (const next of readBlocks(file)) {
    if (block) {
      // Known users went through its table of users a second time, as numbers: to it these were new names.
      const again: Product | undefined = before && { ...before, users: before.users.map((user) => `again ${user}`) };
      before = parseAsSpotlight(block) ?? again;
      if (before) yield before;
    }
    block = next; // it hands a product out when the next begins, so never the last
  }
}

/** The lines of each product; its first is `Id: …`. */
async function* readBlocks(file: SourceFile): AsyncGenerator<string[]> {
  let block: string[] = [];
  for await (const line of readLines(file)) {
    if (line.startsWith('Id:')) {
      if (block.length > 0) yield block;
      block = [line];
    } else if (block.length > 0) block.push(line);
  }
  if (block.length > 0) yield block;
}

/** Undefined where Spotlight's parser stumbles: it looks for words anywhere in a line, titles included. */
function parseAsSpotlight(lines: readonly string[]): Product | undefined {
  const id = parseInteger(lines[0]!.split(':')[1]);
  let reviews: Omit<Product, 'id' | 'title'> = { users: [], ratings: [], times: [] };
  for (let at = 0; at < lines.length; at++) {
    if (lines[at]!.includes('categories') && !checkCategories(lines, at)) return undefined;
    if (!lines[at]!.includes('reviews:')) continue;
    const read = parseReviewsAsSpotlight(lines.slice(at + 1));
    if (!read) return undefined;
    reviews = read;
  }
  return id === undefined ? undefined : { id, title: findTitle(lines), ...reviews };
}

/** The line ends in a count, and so many lines after it hold a number in the first brackets of each part. */
function checkCategories(lines: readonly string[], at: number): boolean {
  const count = parseInteger(lines[at]!.split(':').at(-1));
  if (count === undefined) return false;
  return lines.slice(at + 1, at + 1 + count).every((line) =>
    line
      .trim()
      .split('|')
      .filter((part) => part !== '')
      .every((part) => parseInteger(part.slice(part.indexOf('[') + 1, part.indexOf(']'))) !== undefined),
  );
}

function parseReviewsAsSpotlight(lines: readonly string[]): Omit<Product, 'id' | 'title'> | undefined {
  const users: string[] = [];
  const ratings: number[] = [];
  const times: number[] = [];
  for (const line of lines) {
    if (line === '') continue;
    const name = line.indexOf('cutomer');
    const date = line.slice(0, name).split('-').map(parseInteger);
    const rating = parseInteger(line.slice(line.indexOf('rating'), line.indexOf('votes')).split(':')[1]);
    const user = line.slice(name, line.indexOf('rating')).split(':')[1];
    const [year, month, day] = date;
    if (date.length !== 3 || year === undefined || month === undefined || day === undefined) return undefined;
    if (rating === undefined || user === undefined) return undefined;
    users.push(user.trim());
    ratings.push(rating);
    times.push(Date.UTC(year, month - 1, day) / 1000);
  }
  return { users, ratings, times };
}

function parseInteger(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
}

function findTitle(lines: readonly string[]): string {
  const line = lines.find((each) => each.startsWith('  title:'));
  return line === undefined ? '' : line.slice('  title:'.length).trim();
}
