import { invalid } from '@footlight/core';
import { obtainArchive } from '#platform/readers/obtain-archive';
import { type FileContent, locateFile } from '../readers/file-location.js';
import type { InteractionFile } from '../readers/interaction-columns.js';
import { readDelimited } from '../readers/read-delimited.js';
import { readJsonLines } from '../readers/read-json-lines.js';
import { toInteractions } from '../readers/to-interactions.js';
import type { Archive, Dataset } from '../types.js';
import { checkContent } from './check-content.js';

export interface AmazonReviewsOptions {
  /**
   * `five-core` (default): users and items with at least five reviews, from JSON-lines. `ratings`: all ratings, from
   * CSV.
   */
  readonly content?: 'five-core' | 'ratings';
  /**
   * The edition of 2014 (default, up to July 2014) or of 2018. Files, addresses and the order of CSV columns differ.
   */
  readonly edition?: 2014 | 2018;
  /**
   * The file itself, as published or decompressed, instead of one in the folder of the archives: a `File` or another
   * `Blob`, or what `fetch` returned. Browsers take it in this way only.
   */
  readonly file?: FileContent;
}

const SNAP = 'https://snap.stanford.edu/data/amazon/productGraph/categoryFiles/';
const UCSD = 'https://jmcauley.ucsd.edu/data/amazon_v2/categoryFilesSmall/';

/**
 * Amazon reviews of one category, collected by McAuley: ratings of products in stars, with the day of the review.
 *
 * Categories are spelled as in the names of the files: `Movies_and_TV`, `Musical_Instruments`. Some users review a
 * product twice; both reviews are kept (`dedupe` drops one).
 *
 * Licence: for research; the reviews belong to their authors and Amazon, and may not be redistributed.
 *
 * @example
 * amazonReviews('Musical_Instruments') // 10,261 ratings, 1,429 users, 900 items
 * @throws {RecsysError} `invalid-argument` if the category cannot be part of a file name
 * @source He and McAuley, WWW 2016, https://arxiv.org/abs/1602.01585; Ni et al., EMNLP 2019,
 *   https://nijianmo.github.io/amazon/
 */
export function amazonReviews(
  category: string,
  { content = 'five-core', edition = 2014, file }: AmazonReviewsOptions = {},
): Dataset {
  if (!/^\w+$/.test(category))
    invalid(
      'amazonReviews(category)',
      'a category as in the names of the files',
      JSON.stringify(category),
      'For example Movies_and_TV.',
    );
  const own = file && locateFile((option) => `amazonReviews(${option})`, { file });
  const archive = createArchive(category, content, edition);
  return {
    name: `amazon-reviews(${category}${content === 'ratings' ? ', ratings' : ''}${edition === 2018 ? ', 2018' : ''})`,
    protocol: { source: 'amazon-reviews', category, content, edition },
    columns: { ratings: true, timestamps: true },
    license: 'research use; the reviews belong to their authors and Amazon and may not be redistributed',
    archives: own ? [] : [archive],
    async load(options) {
      if (own) options.onArchive?.(await checkContent(own, archive));
      const location = own ?? (await obtainArchive(archive, options));
      const columns =
        content === 'five-core'
          ? await readJsonLines({ location, names: FIELDS, times: 'seconds' }, options)
          : await readDelimited({ location, names: COLUMNS, times: 'seconds' }, options, {
              separator: ',',
              header: createHeader(edition),
            });
      return toInteractions(columns, 'ascending');
    },
  };
}

const FIELDS: InteractionFile['names'] = {
  user: 'reviewerID',
  item: 'asin',
  rating: 'overall',
  timestamp: 'unixReviewTime',
};
const COLUMNS: InteractionFile['names'] = { user: 'user', item: 'item', rating: 'rating', timestamp: 'timestamp' };

/** The ratings files have no header; in the edition of 2018 the item comes first. */
function createHeader(edition: 2014 | 2018): string[] {
  return edition === 2014 ? ['user', 'item', 'rating', 'timestamp'] : ['item', 'user', 'rating', 'timestamp'];
}

function createArchive(category: string, content: 'five-core' | 'ratings', edition: 2014 | 2018): Archive {
  const first = { 'five-core': `reviews_${category}_5.json.gz`, ratings: `ratings_${category}.csv` };
  const second = { 'five-core': `${category}_5.json.gz`, ratings: `${category}.csv` };
  const fileName = (edition === 2014 ? first : second)[content];
  return { fileName, url: (edition === 2014 ? SNAP : UCSD) + fileName };
}
