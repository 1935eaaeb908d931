import { omitUndefined } from '@footlight/core';
import type { Catalogue, Features, Interactions, OriginalIds, RowOrder } from '@footlight/datasets';
import type { StoredTensor, TensorFile } from './tensor-file.js';

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

/** Reads what `toStoredInteractions` stored. */
export function readInteractions({ tensors, metadata }: TensorFile): Interactions {
  const values = <T>(name: string): T => tensors.get(name)!.values as T;
  const { userFeatures, itemFeatures, ...saved } = JSON.parse(metadata['catalogue']!) as Omit<
    Catalogue,
    'userFeatures' | 'itemFeatures'
  > &
    Partial<Record<'userFeatures' | 'itemFeatures', SavedFeatures>>;
  const vectors = tensors.get('itemVectors');
  const catalogue: Catalogue = {
    ...saved,
    ...omitUndefined({
      userFeatures: userFeatures && toFeatures(userFeatures),
      itemFeatures: itemFeatures && toFeatures(itemFeatures),
      itemVectors: vectors && { dim: vectors.shape[1]!, values: vectors.values as Float32Array },
    }),
    userIds: saved.userIds ?? values<OriginalIds>('userIds'),
    itemIds: saved.itemIds ?? values<OriginalIds>('itemIds'),
  };
  const timestamps = tensors.has('timestamps') ? values<Float64Array>('timestamps') : undefined;
  const ratings = tensors.has('ratings') ? values<Float32Array>('ratings') : undefined;
  const [users, items] = [values<Int32Array>('users'), values<Int32Array>('items')];
  return {
    catalogue,
    users,
    items,
    ...omitUndefined({ timestamps, ratings, order: metadata['order'] as RowOrder | undefined }),
  };
}

interface SavedFeatures {
  readonly names: readonly string[];
  readonly offsets: readonly number[];
  readonly ids: readonly number[];
}

function toSavedFeatures(features: Features | undefined): SavedFeatures | undefined {
  return features && { names: features.names, offsets: [...features.offsets], ids: [...features.ids] };
}

function toFeatures({ names, offsets, ids }: SavedFeatures): Features {
  return { names, offsets: Int32Array.from(offsets), ids: Int32Array.from(ids) };
}

function isNumeric(ids: OriginalIds): ids is Int32Array | Float64Array {
  return ArrayBuffer.isView(ids);
}
