import { resolve } from 'node:path';
import { invalid, omitUndefined } from '@footlight/core';
import {
  type Dataset,
  type FeatureCounts,
  interactionLists,
  itemFeatures,
  itemVectors,
  table,
  trainAndTest,
  userFeatures,
} from '@footlight/datasets';
import { formatFlag } from './format-flag.js';
import type { ReadingOptions, TableExperimentOptions } from './types.js';

/** Options that say how the vectors of the items are read. */
const vectorOptions = ['itemVectors', 'itemVectorsIds', 'itemVectorsId', 'itemVectorsMissing'] as const;

/** Options that say how tables of features are read; each belongs to the first. */
const itemFeatureOptions = ['itemFeatures', 'itemFeaturesColumns', 'itemFeaturesId', 'itemTitles'] as const;
const userFeatureOptions = ['userFeatures', 'userFeaturesColumns', 'userFeaturesId'] as const;

/** Options that say how a file of one's own is read, besides its name. */
export const readingOptions: readonly (keyof ReadingOptions)[] = [
  ...(['test', 'format', 'user', 'item', 'pair', 'pairSeparator', 'rating', 'time', 'times', 'weight'] as const),
  ...(['separator', 'header', 'quotes', 'encoding', 'lineBytes', 'expansion'] as const),
  ...vectorOptions,
  ...itemFeatureOptions,
  ...userFeatureOptions,
];

/** Formats of one line per user; their lines have no columns. */
const lists: readonly unknown[] = ['lists', 'sequences'];
const columnOptions = [
  'user',
  'item',
  'pair',
  'pairSeparator',
  'rating',
  'time',
  'times',
  'weight',
  'header',
  'quotes',
];

/** Whether interactions have times: a column, or the order of a list. */
export function hasTimes({ time, format }: ReadingOptions): boolean {
  return time !== undefined || format === 'sequences';
}

const columnHint = 'Name columns of the file, separated by commas.';

/**
 * Checks the options that say how a file is read.
 *
 * @throws {RecsysError} `invalid-argument` for the first that does not fit, with what to do
 */
export function assertReading(options: ReadingOptions & Pick<TableExperimentOptions, 'given'>): void {
  const { format, user, item, pair, pairSeparator, given } = options;
  for (const [file, ...others] of [vectorOptions, itemFeatureOptions, userFeatureOptions]) {
    const stray = others.find((option) => given.includes(option));
    if (options[file] === undefined && stray !== undefined)
      invalid(formatFlag(stray), `${formatFlag(file)} along with it`, 'none', 'Name the file.');
  }
  if (options.itemFeatures !== undefined && (options.itemFeaturesColumns ?? options.itemTitles) === undefined)
    invalid('--item-features', '--item-features-columns or --item-titles along with it', 'none', columnHint);
  if (options.userFeatures !== undefined && options.userFeaturesColumns === undefined)
    invalid('--user-features', '--user-features-columns along with it', 'none', columnHint);
  if (lists.includes(format)) {
    const stray = columnOptions.find((option) => given.includes(option));
    if (stray !== undefined)
      invalid(formatFlag(stray), 'a file with columns', `--format ${format}`, 'Leave the option out.');
    return;
  }
  if (pair === undefined) {
    const hint = 'If one column has both ids, name it with --pair; if each line is a user, add --format lists.';
    if (pairSeparator !== undefined) invalid('--pair-separator', 'the column with both ids in --pair', 'none');
    if (user === undefined) invalid('--user', 'the name of the column with the user ids', 'none', hint);
    if (item === undefined) invalid('--item', 'the name of the column with the item ids', 'none', hint);
  } else if (user !== undefined || item !== undefined)
    invalid('--pair', 'either --pair, or --user and --item', 'both', 'Leave one of them out.');
}

/** Told how many users or items the files of features and vectors know; `option` names the file. */
export type OnCounts = (option: 'itemVectors' | 'itemFeatures' | 'userFeatures', counts: FeatureCounts) => void;

/** The dataset of a file, or of a pair of files, with what other files say about its users and items. */
export function createDataset(
  options: ReadingOptions & Pick<TableExperimentOptions, 'table'>,
  cwd: string,
  onCounts: OnCounts = () => {},
): Dataset {
  const read = (file: string) => createFileDataset(resolve(cwd, file), options);
  const data = options.test === undefined ? read(options.table) : trainAndTest(read(options.table), read(options.test));
  return addVectors(addFeatures(data, options, cwd, onCounts), options, cwd, onCounts);
}

function addFeatures(dataset: Dataset, options: ReadingOptions, cwd: string, onCounts: OnCounts): Dataset {
  const splitNames = (names: string | undefined) => names?.split(',').map((name) => name.trim()) ?? [];
  const { item = 'id', itemFeatures: items, itemFeaturesId: itemId = item, itemTitles: title } = options;
  const { user = 'id', userFeatures: users, userFeaturesId: userId = user } = options;
  const withItems =
    items === undefined
      ? dataset
      : itemFeatures(dataset, {
          path: resolve(cwd, items),
          id: itemId,
          features: splitNames(options.itemFeaturesColumns),
          onCounts: (counts) => onCounts('itemFeatures', counts),
          ...omitUndefined({ title }),
        });
  if (users === undefined) return withItems;
  return userFeatures(withItems, {
    path: resolve(cwd, users),
    id: userId,
    features: splitNames(options.userFeaturesColumns),
    onCounts: (counts) => onCounts('userFeatures', counts),
  });
}

function addVectors(data: Dataset, options: ReadingOptions, cwd: string, onCounts: OnCounts): Dataset {
  const { itemVectors: vectors, itemVectorsIds: ids, itemVectorsId: id, itemVectorsMissing: missing } = options;
  if (vectors === undefined) return data;
  return itemVectors(data, {
    path: resolve(cwd, vectors),
    ...omitUndefined({ ids: ids === undefined ? undefined : resolve(cwd, ids), id, missing }),
    onCounts: (counts) => onCounts('itemVectors', counts),
  });
}

function createFileDataset(path: string, options: ReadingOptions): Dataset {
  const { format, user, item, pair, pairSeparator, rating, time: timestamp, times, weight, header, quotes } = options;
  const { encoding, lineBytes, expansion } = options;
  const common = { path, ...omitUndefined({ encoding }), limits: omitUndefined({ lineBytes, expansion }) };
  const separator = options.separator === '\\t' ? '\t' : options.separator;
  if (format === 'lists' || format === 'sequences')
    return interactionLists({
      ...common,
      order: format === 'lists' ? 'none' : 'time',
      ...omitUndefined({ separator }),
    });
  const both = pair === undefined ? undefined : { column: pair, ...omitUndefined({ separator: pairSeparator }) };
  const marks = quotes === undefined ? undefined : quotes === 'true';
  const names = header?.split(',').map((name) => name.trim());
  const columns = { user, item, pair: both, rating, timestamp, times, weight };
  return table({ ...common, ...omitUndefined({ ...columns, format, separator, header: names, quotes: marks }) });
}
