import { assertInteger, invalid, yieldWhenDue } from '@footlight/core';
import { findMovieLensArchive } from '#platform/sources/movielens-archive';
import { type FileContent, locateFile } from '../readers/file-location.js';
import { numberIds } from '../readers/number-ids.js';
import { keepNumbers, numberFromOne } from '../readers/spotlight-numbering.js';
import type { Archive, Dataset } from '../types.js';
import { checkContent } from './check-content.js';
import { readMovies, readUsers } from './movielens-features.js';
import { MOVIELENS_ARCHIVES, MOVIELENS_BUNDLE, type MovieLensVariant } from './movielens-layouts.js';
import { keepFirstUsers, type MovieLensRatings, readRatings } from './movielens-ratings.js';

/** The published splits of MovieLens 100K: two with ten test ratings per user, five of a cross-validation. */
export type MovieLens100kPartition = 'ua' | 'ub' | 'u1' | 'u2' | 'u3' | 'u4' | 'u5';

export interface MovieLensOptions {
  /**
   * A published split of MovieLens 100K, e.g. the rows of `ua.base`, then those of `ua.test`, marked by `parts`.
   * Default: `u.data`, no parts.
   */
  readonly publishedSplit?: MovieLens100kPartition;
  /**
   * `sorted` (default): 0, 1, 2, … in ascending order of the original ids. `spotlight`: as the library Spotlight
   * numbers them, with an id 0 that has no interactions. MovieLens 100K keeps the numbers of the archive, the others
   * count from 1 in order of first appearance.
   */
  readonly numbering?: 'sorted' | 'spotlight';
  /**
   * Number of users of a sample: the ratings of the users 1 … `users` of the archive, by original id, in the order of
   * the file. They are selected before users and items are numbered. Default: all users.
   *
   * A file `ml-<variant>-<users>.zip` with the same layout, which holds these lines only, is read instead where the
   * archive is missing or is not the one that GroupLens publishes.
   */
  readonly users?: number;
  /**
   * File name of another archive with the same layout, e.g. a sample, in the folder of the archives. It is never
   * downloaded.
   */
  readonly archive?: string;
  /**
   * The archive itself, instead of one in the folder of the archives: a `File` or another `Blob`, or what `fetch`
   * returned. Browsers take archives in this way only.
   */
  readonly file?: FileContent;
}

/**
 * MovieLens: ratings of movies with timestamps and titles, in the order of the file.
 *
 * Movies have the features `genre=…` and `year=…`: the release date of 100K, else the year at the end of the title.
 * Users of 100K and 1M have `age=…`, `gender=…` and `occupation=…`. Ages are in the seven bands of 1M (under 18, 18–24,
 * 25–34, 35–44, 45–49, 50–55, 56+); the exact ages of 100K are assigned to these bands.
 *
 * Licence: research use with acknowledgement; latest-small may be redistributed under the same terms, the others may
 * not. The README in each archive has the terms.
 *
 * @example
 * movielens('100k', { publishedSplit: 'ua' }) // 90,570 + 9,430 ratings, 943 users, 1,682 items
 * movielens('1m', { users: 2999 }) // 487,650 ratings of the users 1 … 2999
 * movielens('latest-small', { file: await fetch('/ml-latest-small.zip') }) // in a browser
 * @throws {RecsysError} `invalid-argument` if the variant is unknown, if `publishedSplit` is combined with another
 *   variant than 100k, or `users` with `archive`; `load` throws it if the archive has fewer than `users` users
 * @source Harper and Konstan, ACM TiiS 5(4), 2015, https://doi.org/10.1145/2827872;
 *   https://grouplens.org/datasets/movielens/
 */
export function movielens(
  variant: MovieLensVariant,
  { publishedSplit, numbering = 'sorted', users: sample, archive, file }: MovieLensOptions = {},
): Dataset {
  const { checksum, bundledChecksum, bytes, layout } =
    MOVIELENS_ARCHIVES[variant] ??
    invalid('movielens(variant)', `one of ${Object.keys(MOVIELENS_ARCHIVES).join(', ')}`, JSON.stringify(variant));
  if (publishedSplit && variant !== '100k')
    invalid('movielens(publishedSplit)', 'the variant 100k', variant, 'Only 100k has published splits.');
  if (sample !== undefined) assertInteger('movielens(users)', sample);
  if (sample !== undefined && archive !== undefined)
    invalid('movielens(users)', 'none together with archive', sample, 'Leave one of them out.');
  if (file !== undefined && archive !== undefined)
    invalid('movielens(file)', 'none together with archive', archive, 'Leave one of them out.');
  const content = file && locateFile((option) => `movielens(${option})`, { file });
  const fileName = `ml-${variant}.zip`;
  const source: Archive = archive
    ? { fileName: archive }
    : {
        fileName,
        url: `https://files.grouplens.org/datasets/movielens/${fileName}`,
        checksum,
        bytes,
        ...(bundledChecksum !== undefined && { bundledIn: MOVIELENS_BUNDLE, bundledChecksum }),
        ...(sample !== undefined && { cutFile: `ml-${variant}-${sample}.zip` }),
      };
  const files = publishedSplit ? [`${publishedSplit}.base`, `${publishedSplit}.test`] : [layout.ratings];
  return {
    name: sample === undefined ? `movielens-${variant}` : `movielens-${variant}(${sample} users)`,
    license: 'GroupLens: research use with acknowledgement; the README in the archive has the terms',
    protocol: {
      source: 'movielens',
      variant,
      official: publishedSplit ?? 'none',
      numbering,
      ...(sample === undefined ? { archive: source.fileName } : { users: sample }),
    },
    columns: { ratings: true, timestamps: true },
    archives: content ? [] : [source],
    async load(options) {
      const location = content ?? (await findMovieLensArchive(source, options));
      if (content) options.onArchive?.(await checkContent(content, source));
      const all = await readRatings(location, files, layout, options);
      const rows = sample === undefined ? all : keepFirstUsers(all, sample);
      const keepsNumbers = numbering === 'spotlight' && variant === '100k';
      const countsFromOne = numbering === 'spotlight' && variant !== '100k';
      const numberAll = (ids: MovieLensRatings['user']) =>
        keepsNumbers ? keepNumbers(ids) : numberIds(ids, countsFromOne ? 'appearance' : 'ascending');
      const users = numberAll(rows.user);
      const items = numberAll(rows.item);
      await yieldWhenDue();
      const catalogue = {
        userCount: users.originals.length,
        itemCount: items.originals.length,
        userIds: users.originals,
        itemIds: items.originals,
        ...(await readMovies(location, layout.movies, items.originals)),
        ...(layout.users && (await readUsers(location, layout.users, users.originals))),
      };
      const { rating: ratings, timestamp: timestamps, parts } = rows;
      const loaded = {
        catalogue,
        users: users.ids,
        items: items.ids,
        ratings,
        timestamps,
        ...(publishedSplit && { parts }),
      };
      return countsFromOne ? numberFromOne(loaded) : loaded;
    },
  };
}
