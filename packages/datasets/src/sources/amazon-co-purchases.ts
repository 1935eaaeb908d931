import { assertInteger, RecsysError } from '@footlight/core';
import { obtainArchive } from '#platform/readers/obtain-archive';
import { minimumCounts } from '../filters/minimum-counts.js';
import { createIdCollector, createNumberCollector } from '../readers/column-collectors.js';
import { type FileContent, locateFile } from '../readers/file-location.js';
import { numberIds } from '../readers/number-ids.js';
import { openFile, type SourceFile } from '../readers/source-file.js';
import { numberFromOne } from '../readers/spotlight-numbering.js';
import type { Archive, Dataset, Interactions } from '../types.js';
import { readProducts } from './amazon-meta-file.js';
import { readProductsAsSpotlight } from './amazon-meta-file-as-spotlight.js';
import { checkContent } from './check-content.js';

export interface AmazonCoPurchasesOptions {
  /**
   * Whether to reproduce Spotlight's conversion of these data. Default false.
   * - The last product is left out.
   * - Where its parser fails on a product (a title with `reviews:`, a category with a second bracket), the reviews of
   *   the product before are repeated under new users.
   * - Timestamps are rounded to float32: to 64 or 128 seconds.
   */
  readonly faithful?: boolean;
  /**
   * Minimum of interactions of each user and each item, counted before any is dropped. Spotlight: 10 and 10. Default 1
   * and 1.
   */
  readonly minimum?: { readonly users: number; readonly items: number };
  /**
   * `sorted` (default): 0, 1, 2, … in ascending order of the original ids. `spotlight`: from 1, users in order of first
   * appearance.
   */
  readonly numbering?: 'sorted' | 'spotlight';
  /**
   * The file itself, as published or decompressed, instead of one in the folder of the archives: a `File` or another
   * `Blob`, or what `fetch` returned. Browsers take it in this way only.
   */
  readonly file?: FileContent;
}

const ARCHIVE: Archive = {
  fileName: 'amazon-meta.txt.gz',
  url: 'https://snap.stanford.edu/data/bigdata/amazon/amazon-meta.txt.gz',
};

/**
 * Amazon co-purchasing network, collected in 2006: about 550 thousand products with 7.8 million reviews.
 *
 * Timestamps are days (UTC). Rows are grouped by product, as in the file. Original item ids are the product numbers of
 * the file.
 *
 * Licence: none stated; SNAP asks to be cited.
 *
 * @example
 * // As Spotlight's `get_amazon()`
 * amazonCoPurchases({ faithful: true, minimum: { users: 10, items: 10 }, numbering: 'spotlight' })
 * @source Leskovec, Adamic and Huberman, ACM TWEB 1(1), 2007, https://snap.stanford.edu/data/amazon-meta.html
 */
export function amazonCoPurchases({
  faithful = false,
  minimum,
  numbering = 'sorted',
  file: given,
}: AmazonCoPurchasesOptions = {}): Dataset {
  const { users = 1, items = 1 } = minimum ?? {};
  const content = given && locateFile((option) => `amazonCoPurchases(${option})`, { file: given });
  assertInteger('amazonCoPurchases(minimum.users)', users);
  assertInteger('amazonCoPurchases(minimum.items)', items);
  return {
    name: `amazon-co-purchases${faithful ? '(faithful)' : ''}`,
    protocol: { source: 'amazon-co-purchases', faithful, minimum: { users, items }, numbering },
    columns: { ratings: true, timestamps: true },
    license: 'none stated by SNAP, which asks to be cited',
    archives: content ? [] : [ARCHIVE],
    async load(options) {
      if (content) options.onArchive?.(await checkContent(content, ARCHIVE));
      const file = await openFile(content ?? (await obtainArchive(ARCHIVE, options)), options);
      const loaded = await collectReviews(file, faithful, numbering);
      const kept = users > 1 || items > 1 ? minimumCounts({ users, items }).apply(loaded) : loaded;
      return numbering === 'spotlight' ? numberFromOne(kept) : kept;
    },
  };
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
