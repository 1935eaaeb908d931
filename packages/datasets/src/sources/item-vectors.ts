import { invalid, omitUndefined, RecsysError } from '@footlight/core';
import { type FileContent, type FileLocation, getFileName, locateFile } from '../readers/file-location.js';
import { mapToDenseIds } from '../readers/number-ids.js';
import { parseWholeNumber } from '../readers/parse-whole-number.js';
import { readVectorRows } from '../readers/read-vector-rows.js';
import type { Dataset, OriginalIds, Vectors } from '../types.js';

/** How many items have a vector. */
export interface VectorCounts {
  /** Items of the dataset with a vector. */
  readonly found: number;
  /** Items of the dataset without one. */
  readonly missing: number;
  /** Vectors of ids that the dataset does not have. They are ignored. */
  readonly unknown: number;
}

/** Options of `itemVectors`. */
export interface ItemVectorsOptions {
  /**
   * A file called `.npy`, `.npz`, `.parquet`, `.jsonl`, `.csv` or `.tsv` (the last three also with `.gz`), with a
   * vector per item.
   */
  readonly path?: string;
  /** Instead of the path: a `File` with such a name, or what `fetch` returned from such an address. */
  readonly file?: FileContent;
  /** For `.npy`, which has no ids: those of its rows, in order, or a text file with one per line. */
  readonly ids?: string | FileContent | readonly (number | string)[];
  /** Name of the column, field or array of the original item ids. Default `id`; in `.npz`, `ids`. */
  readonly id?: string;
  /**
   * Name of the column of lists, field or array of the vectors. Default `vector`; in `.npz`, `vectors`. In CSV all
   * other columns are the vector.
   */
  readonly vector?: string;
  /**
   * What items without a vector have. `error`: loading fails. `zero`: the zero vector. `mean`: the mean of the others.
   * Default `error`.
   */
  readonly missing?: 'error' | 'zero' | 'mean';
  /** Called when the vectors are read. */
  readonly onCounts?: (counts: VectorCounts) => void;
}

/**
 * A dataset with dense features of its items, e.g. embeddings of images or texts, read from a file and found by the
 * original item ids.
 *
 * @example
 * itemVectors(movielens('latest-small'), { path: 'posters.npz', missing: 'mean' })
 * @throws {RecsysError} `invalid-argument` for unknown options; on loading `missing-file`, or `invalid-data` if a
 *   vector has another length or a number that is not finite, an id occurs twice, no id is one of the dataset, or an
 *   item has no vector and `missing` is `error`
 */
export function itemVectors(dataset: Dataset, options: ItemVectorsOptions): Dataset {
  const { ids, id, vector, missing = 'error', onCounts } = options;
  const location = locateFile((option) => `itemVectors(${option})`, options);
  const idList = ids === undefined || isList(ids) ? ids : locateIds(ids);
  if (missing !== 'error' && missing !== 'zero' && missing !== 'mean')
    invalid('itemVectors(missing)', "'error', 'zero' or 'mean'", missing);
  return {
    ...dataset,
    protocol: { ...dataset.protocol, itemVectors: { missing } },
    async load(load) {
      const all = await dataset.load(load);
      const found = await readVectors({ location, ids: idList, id, vector }, all.catalogue.itemIds, load);
      onCounts?.(found.counts);
      return {
        ...all,
        catalogue: { ...all.catalogue, itemVectors: fillMissing(found, all.catalogue.itemIds, missing) },
      };
    },
  };
}

function isList(ids: NonNullable<ItemVectorsOptions['ids']>): ids is readonly (number | string)[] {
  return Array.isArray(ids);
}

function locateIds(ids: string | FileContent): FileLocation {
  return locateFile(() => 'itemVectors(ids)', typeof ids === 'string' ? { path: ids } : { file: ids });
}

interface FoundVectors {
  readonly fileName: string;
  readonly vectors: Vectors;
  /** `[item]`: whether the file has a vector. */
  readonly isFound: Uint8Array;
  readonly counts: VectorCounts;
}

async function readVectors(
  file: Parameters<typeof readVectorRows>[0],
  ids: OriginalIds,
  { onProgress, signal }: Parameters<Dataset['load']>[0],
): Promise<FoundVectors> {
  const fileName = getFileName(file.location);
  const dense = mapToDenseIds(ids);
  const areNumbers = typeof ids[0] === 'number';
  const isFound = new Uint8Array(ids.length);
  const seen = new Set<string>();
  let values: Float32Array | undefined;
  let dim = 0;
  let found = 0;
  for await (const { id, vector, place } of readVectorRows(file, omitUndefined({ onProgress, signal }))) {
    const where = `${fileName} (${place})`;
    const text = readId(where, id);
    if (seen.has(text)) fail(where, 'each id once', `"${text}" again`, 'Keep one vector of each item.');
    seen.add(text);
    const numbers = checkVector(where, vector, values ? dim : undefined);
    if (!values) {
      dim = numbers.length;
      values = new Float32Array(ids.length * dim);
    }
    const item = dense.get(areNumbers ? (parseWholeNumber(text) ?? text) : text);
    if (item === undefined) continue;
    values.set(numbers, item * dim);
    isFound[item] = 1;
    found++;
  }
  if (!values || found === 0)
    fail(fileName, 'vectors of items of the dataset', `none of them in ${seen.size} rows`, 'Are these its item ids?');
  return {
    fileName,
    vectors: { dim, values },
    isFound,
    counts: { found, missing: ids.length - found, unknown: seen.size - found },
  };
}

function readId(where: string, id: unknown): string {
  const text = typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint' ? String(id) : '';
  if (text.trim() === '' || text === 'NaN') fail(where, 'an id', String(id), 'Remove the row or give it an id.');
  return text;
}

function checkVector(where: string, vector: unknown, dim: number | undefined): ArrayLike<number> {
  const isList = Array.isArray(vector) || (ArrayBuffer.isView(vector) && !(vector instanceof DataView));
  if (!isList || (vector as ArrayLike<unknown>).length === 0)
    return fail(where, 'a list of numbers', isList ? 'an empty one' : String(vector), 'Write one vector per item.');
  const list = vector as ArrayLike<unknown>;
  if (dim !== undefined && list.length !== dim)
    fail(where, `${dim} numbers as before`, `${list.length}`, 'All vectors have the same length.');
  for (let at = 0; at < list.length; at++)
    if (typeof list[at] !== 'number' || !Number.isFinite(Math.fround(list[at] as number)))
      fail(where, 'finite numbers', `${String(list[at])} at position ${at + 1}`, 'Correct the vector.');
  return list as ArrayLike<number>;
}

function fillMissing(
  { fileName, vectors, isFound, counts }: FoundVectors,
  ids: OriginalIds,
  missing: NonNullable<ItemVectorsOptions['missing']>,
): Vectors {
  if (counts.missing === 0 || missing === 'zero') return vectors;
  const without = Array.from(isFound.keys()).filter((item) => isFound[item] === 0);
  if (missing === 'error')
    fail(
      fileName,
      'a vector of each item',
      `none of ${counts.missing} of ${ids.length} items: ${without
        .slice(0, 3)
        .map((item) => ids[item])
        .join(', ')}${without.length > 3 ? ', …' : ''}`,
      "Add them, or choose missing: 'zero' or 'mean'.",
    );
  const { dim, values } = vectors;
  const mean = new Float64Array(dim); // the other rows are zero
  for (let at = 0; at < values.length; at++) mean[at % dim]! += values[at]! / counts.found;
  for (const item of without) values.set(mean, item * dim);
  return vectors;
}

function fail(where: string, expected: string, received: string, hint: string): never {
  throw new RecsysError('invalid-data', `${where}: expected ${expected}, received ${received}. ${hint}`);
}
