import { parseExactJson } from '@footlight/core';
import type { Features, OriginalIds, RowOrder, Vectors } from '@footlight/datasets';
import { failDamaged, type StoredTensor, type TensorFile } from './tensor-file.js';

/** Features as JSON. */
export interface SavedFeatures {
  readonly names: readonly string[];
  readonly offsets: readonly number[];
  readonly ids: readonly number[];
}

/** The part of a catalogue that is stored as JSON, as it should be: nothing of it has been checked. */
export interface SavedCatalogue {
  readonly userCount?: unknown;
  readonly itemCount?: unknown;
  readonly userIds?: unknown;
  readonly itemIds?: unknown;
  readonly itemTitles?: unknown;
  readonly userFeatures?: unknown;
  readonly itemFeatures?: unknown;
}

/**
 * Parses an object that the metadata of a file hold as JSON.
 *
 * @throws {RecsysError} `file-damaged` if it is missing, or no object
 */
export function parseStoredJson<T extends object>(fileName: string, metadata: TensorFile['metadata'], name: string): T {
  let value: unknown;
  try {
    value = parseExactJson((Object.hasOwn(metadata, name) && metadata[name]) || '');
  } catch {
    // the error below is the same for every text that is no object
  }
  return isObject(value) ? (value as T) : failDamaged(fileName, `whose ${name} is missing or no object`);
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Column = Int32Array | Float32Array | Float64Array;

/** Checks of what a file holds, each of which returns the value or throws `file-damaged` with its name. */
export interface StoredChecks {
  counts(saved: SavedCatalogue): { userCount: number; itemCount: number };
  /** The ids that are stored as texts, or those of the column of this name: each id once. */
  ids(name: string, texts: unknown, count: number): OriginalIds;
  texts(name: string, texts: unknown, count: number): readonly string[] | undefined;
  /** A column of one type, `[length]`; `undefined` if there is none. */
  column<C extends Column>(name: string, type: new () => C, length?: number): C | undefined;
  below(name: string, ids: Int32Array, count: number): void;
  features(name: string, saved: unknown, count: number): Features | undefined;
  vectors(name: string, count: number): Vectors | undefined;
  order(order: string | undefined): RowOrder | undefined;
}

export function createStoredChecks(fileName: string, tensors: ReadonlyMap<string, StoredTensor>): StoredChecks {
  const fail = (why: string): never => failDamaged(fileName, `that does not fit together: ${why}`);
  const column: StoredChecks['column'] = (name, type, length) => {
    const stored = tensors.get(name);
    if (stored === undefined) return undefined;
    const { shape, values } = stored;
    if (!(values instanceof type) || shape.length !== 1) return fail(`${name} is no column of ${describe(type)}`);
    if (length !== undefined && values.length !== length) fail(`${values.length} ${name} for ${length} rows`);
    return values;
  };
  const checkTexts = (name: string, texts: unknown, count: number): readonly string[] | undefined => {
    if (texts === undefined) return undefined;
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string'))
      return fail(`${name} is no list of texts`);
    return texts.length === count ? texts : fail(`${texts.length} ${name}, ${count} expected`);
  };
  const below = (name: string, ids: Int32Array, count: number): void => {
    const wrong = ids.find((id) => id < 0 || id >= count);
    if (wrong !== undefined) fail(`${name} has the id ${wrong}, expected from 0 to ${count - 1}`);
  };
  return {
    column,
    texts: checkTexts,
    below,
    counts({ userCount, itemCount }) {
      for (const [name, count] of Object.entries({ userCount, itemCount }))
        if (!Number.isSafeInteger(count) || (count as number) < 0) fail(`${name} is ${JSON.stringify(count)}`);
      return { userCount, itemCount } as { userCount: number; itemCount: number };
    },
    ids(name, texts, count) {
      const ids = checkTexts(name, texts, count) ?? findNumbers(name, tensors) ?? fail(`${name} is missing`);
      if (ids.length !== count) fail(`${ids.length} ${name}, ${count} expected`);
      if (new Set<unknown>(ids).size < count) fail(`${name} has an id twice`);
      return ids;
    },
    features(name, saved, count) {
      if (saved === undefined) return undefined;
      const { names, offsets, ids } = isObject(saved) ? saved : fail(`${name} is no object`);
      if (!Array.isArray(names) || !names.every((each) => typeof each === 'string')) fail(`${name} has no names`);
      if (!isAscending(offsets, count + 1)) return fail(`the offsets of ${name} do not ascend`);
      if (!Array.isArray(ids) || !ids.every(Number.isInteger)) return fail(`the ids of ${name} are no list`);
      if (offsets[0] !== 0 || offsets[count] !== ids.length) fail(`the offsets of ${name} do not end at its ids`);
      const features = { names: names as string[], offsets: Int32Array.from(offsets), ids: Int32Array.from(ids) };
      below(name, features.ids, features.names.length);
      return features;
    },
    vectors(name, count) {
      const { shape = [], values } = tensors.get(name) ?? {};
      if (values === undefined) return undefined;
      if (!(values instanceof Float32Array) || shape.length !== 2 || shape[0] !== count)
        return fail(`${name} has the shape [${shape.join(', ')}], expected [${count}, dim]`);
      return { dim: shape[1]!, values };
    },
    order: (order) =>
      order === undefined || order === 'canonical' || order === 'source' ? order : fail(`the order is ${order}`),
  };
}

function findNumbers(name: string, tensors: ReadonlyMap<string, StoredTensor>): Int32Array | Float64Array | undefined {
  const { shape, values } = tensors.get(name) ?? {};
  return shape?.length === 1 && !(values instanceof Float32Array) ? values : undefined;
}

function isAscending(offsets: unknown, length: number): offsets is number[] {
  if (!Array.isArray(offsets) || offsets.length !== length) return false;
  return offsets.every((offset, at) => Number.isSafeInteger(offset) && offset >= (at === 0 ? 0 : offsets[at - 1]));
}

function describe(type: new () => Column): string {
  return type === (Int32Array as unknown) ? 'int32' : type === (Float32Array as unknown) ? 'float32' : 'float64';
}
