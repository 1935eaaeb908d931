import { invalid } from '@footlight/core';
import type { Catalogue, Dataset, OriginalIds } from '../types.js';
import {
  assertTableFeatures,
  type FeatureCounts,
  type ReadFeatures,
  readTableFeatures,
  type TableFeatures,
  type TableItemFeatures,
} from './table-features.js';

export interface UserFeaturesOptions extends TableFeatures {
  /** Called when the file is read. */
  readonly onCounts?: (counts: FeatureCounts) => void;
}

export interface ItemFeaturesOptions extends TableItemFeatures {
  /** Called when the file is read. */
  readonly onCounts?: (counts: FeatureCounts) => void;
}

/**
 * A dataset with features of its users, read from a table with one row per user and found by the original user ids.
 * A user without a row has no features.
 *
 * @example
 * userFeatures(dataset, { path: 'users.csv', id: 'userId', features: ['country', 'age'] })
 * @throws {RecsysError} as `itemFeatures`
 */
export function userFeatures(dataset: Dataset, options: UserFeaturesOptions): Dataset {
  return addFeatures(dataset, 'userFeatures', options, ({ userIds }) => userIds);
}

/**
 * A dataset with features and titles of its items, read from a table with one row per item and found by the original
 * item ids. An item without a row has no features and the title ''.
 *
 * @example
 * itemFeatures(dataset, { path: 'movies.csv', id: 'movieId', features: ['genres'], title: 'title' })
 * @throws {RecsysError} `invalid-argument` if the options contradict each other; on loading `missing-file`, or
 *   `invalid-data` if a row does not fit, a column is missing, an id occurs twice, no id is one of the dataset, or the
 *   dataset has such features already
 */
export function itemFeatures(dataset: Dataset, options: ItemFeaturesOptions): Dataset {
  return addFeatures(dataset, 'itemFeatures', options, ({ itemIds }) => itemIds);
}

function addFeatures(
  dataset: Dataset,
  kind: 'userFeatures' | 'itemFeatures',
  options: ItemFeaturesOptions,
  readIds: (catalogue: Catalogue) => OriginalIds,
): Dataset {
  assertTableFeatures((option) => `${kind}(${option})`, options);
  return {
    ...dataset,
    async load(load) {
      const all = await dataset.load(load);
      if (options.features.length > 0 && all.catalogue[kind])
        invalid(kind, `a dataset without ${kind}`, `${dataset.name}, which has some`, 'Leave one of them out.');
      const read = await readTableFeatures(options, readIds(all.catalogue), load);
      options.onCounts?.(read.counts);
      return { ...all, catalogue: addToCatalogue(all.catalogue, kind, read) };
    },
  };
}

/** Adds what was read; titles are those of items. */
function addToCatalogue(
  catalogue: Catalogue,
  kind: 'userFeatures' | 'itemFeatures',
  { features, titles }: Omit<ReadFeatures, 'counts'>,
): Catalogue {
  return { ...catalogue, ...(titles && { itemTitles: titles }), ...(features && { [kind]: features }) };
}
