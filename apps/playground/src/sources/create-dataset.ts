import { type Dataset, type Filter, kCore, movielens, table } from '@footlight/datasets';

/** The columns of a file of the user's. */
export interface Columns {
  readonly user: string;
  readonly item: string;
  readonly timestamp?: string;
  readonly separator?: string;
}

/** Where interactions come from: the bundled MovieLens archive, or a file that was dropped on the page. */
export type Source =
  | { readonly kind: 'movielens'; readonly file: Blob }
  | { readonly kind: 'own'; readonly file: File; readonly columns: Columns };

/** Items with fewer interactions are left out, so that a model is trained within seconds. */
const MINIMUM_PER_ITEM = 5;

/** Data and how they are read. */
export interface Data {
  readonly dataset: Dataset;
  readonly filters: readonly Filter[];
  /** Whether the order of the rows stands for time, since there are no times. */
  readonly isInOrder: boolean;
}

export function createDataset(source: Source): Data {
  const filters = [kCore({ users: 3, items: MINIMUM_PER_ITEM })];
  if (source.kind === 'movielens')
    return { dataset: movielens('latest-small', { file: source.file }), filters, isInOrder: false };
  return { dataset: table({ file: source.file, ...source.columns }), filters, isInOrder: !source.columns.timestamp };
}
