import type { OriginalIds } from '@footlight/datasets';
import type { ColumnSource } from 'hyparquet-writer';

/** The Parquet type of a column of ids: INT32, INT64 or texts, as they were in the source. */
export function findIdType(ids: OriginalIds): 'INT32' | 'INT64' | 'STRING' {
  if (ids instanceof Int32Array) return 'INT32';
  return ids instanceof Float64Array ? 'INT64' : 'STRING';
}

/** Creates a column of original ids, in the type that all `ids` of the catalogue have. */
export function createIdColumn(name: string, ids: OriginalIds, values: readonly (string | number)[]): ColumnSource {
  const type = findIdType(ids);
  if (type === 'INT32') return { name, data: Int32Array.from(values as readonly number[]), type };
  if (type === 'INT64') return { name, data: BigInt64Array.from(values as readonly number[], BigInt), type };
  return { name, data: [...values], type };
}
