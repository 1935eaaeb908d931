import { omitUndefined } from '@footlight/core';
import type { Catalogue, Features, Interactions, OriginalIds } from '@footlight/datasets';
import { createStoredChecks, parseStoredJson, type SavedCatalogue, type SavedFeatures } from './stored-checks.js';
import { failDamaged, type StoredTensor, type TensorFile } from './tensor-file.js';

/** Converts interactions and their catalogue to tensors and text. */
export function toStoredInteractions(known: Interactions): TensorFile {
  const { catalogue } = known;
  const column = (values: Int32Array | Float32Array | Float64Array): StoredTensor => ({
    shape: [values.length],
    values,
  });
  const ids = { userIds: catalogue.userIds, itemIds: catalogue.itemIds };
  const numeric = Object.entries(ids).flatMap(([name, list]): [string, StoredTensor][] =>
    isNumeric(list) ? [[name, column(list)]] : [],
  );
  const text = Object.entries(ids).flatMap(([name, list]) => (isNumeric(list) ? [] : [[name, list]]));
  const optional = (['timestamps', 'ratings'] as const).flatMap((name): [string, StoredTensor][] => {
    const values = known[name];
    return values ? [[name, column(values)]] : [];
  });
  return {
    tensors: new Map<string, StoredTensor>([
      ...numeric,
      ['users', column(known.users)],
      ['items', column(known.items)],
      ...optional,
      ...describeVectors(catalogue),
    ]),
    metadata: {
      ...(known.order && { order: known.order }),
      catalogue: JSON.stringify({
        userCount: catalogue.userCount,
        itemCount: catalogue.itemCount,
        itemTitles: catalogue.itemTitles,
        userFeatures: toSavedFeatures(catalogue.userFeatures),
        itemFeatures: toSavedFeatures(catalogue.itemFeatures),
        ...Object.fromEntries(text),
      }),
    },
  };
}

function describeVectors({ itemCount, itemVectors }: Catalogue): [string, StoredTensor][] {
  if (!itemVectors) return [];
  return [['itemVectors', { shape: [itemCount, itemVectors.dim], values: itemVectors.values }]];
}

/**
 * Reads what `toStoredInteractions` stored. Counts, lengths and ids are checked before anything is made of them.
 *
 * @param fileName name of the file, for the message
 * @throws {RecsysError} `file-damaged` with the column that does not fit
 */
export function readInteractions(fileName: string, { tensors, metadata }: TensorFile): Interactions {
  const saved = parseStoredJson<SavedCatalogue>(fileName, metadata, 'catalogue');
  const checks = createStoredChecks(fileName, tensors);
  const { userFeatures, itemFeatures, itemTitles } = saved;
  const { userCount, itemCount } = checks.counts(saved);
  const userIds = checks.ids('userIds', saved.userIds, userCount);
  const itemIds = checks.ids('itemIds', saved.itemIds, itemCount);
  const users = checks.column('users', Int32Array) ?? failDamaged(fileName, 'without users');
  const columns = {
    items: checks.column('items', Int32Array, users.length) ?? failDamaged(fileName, 'without items'),
    timestamps: checks.column('timestamps', Float64Array, users.length),
    ratings: checks.column('ratings', Float32Array, users.length),
  };
  checks.below('users', users, userCount);
  checks.below('items', columns.items, itemCount);
  const catalogue: Catalogue = {
    userCount,
    itemCount,
    userIds,
    itemIds,
    ...omitUndefined({
      itemTitles: checks.texts('itemTitles', itemTitles, itemCount),
      userFeatures: checks.features('userFeatures', userFeatures, userCount),
      itemFeatures: checks.features('itemFeatures', itemFeatures, itemCount),
      itemVectors: checks.vectors('itemVectors', itemCount),
    }),
  };
  return { catalogue, users, ...omitUndefined({ ...columns, order: checks.order(metadata['order']) }) };
}

function toSavedFeatures(features: Features | undefined): SavedFeatures | undefined {
  return features && { names: features.names, offsets: [...features.offsets], ids: [...features.ids] };
}

function isNumeric(ids: OriginalIds): ids is Int32Array | Float64Array {
  return ArrayBuffer.isView(ids);
}
