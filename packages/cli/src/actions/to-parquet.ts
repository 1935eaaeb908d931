import type { Interactions, OriginalIds } from '@footlight/datasets';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';

/**
 * Interactions as a Parquet file, compressed with Snappy: original ids, and the columns that there are, none of which
 * has nulls. Ids are INT32, INT64 or texts; times are in seconds, INT64 if all of them are whole, else DOUBLE.
 */
export function toParquet({ catalogue, users, items, ratings, timestamps, weights }: Interactions): Uint8Array {
  const columns: ColumnSource[] = [
    createIdColumn('user', catalogue.userIds, users),
    createIdColumn('item', catalogue.itemIds, items),
    ...(ratings ? [{ name: 'rating', data: ratings, type: 'FLOAT' } as const] : []),
    ...(timestamps ? [createTimeColumn(timestamps)] : []),
    ...(weights ? [{ name: 'weight', data: weights, type: 'FLOAT' } as const] : []),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData: columns.map((column) => ({ ...column, nullable: false })) }));
}

function createIdColumn(name: string, ids: OriginalIds, dense: Int32Array): ColumnSource {
  if (ids instanceof Int32Array) return { name, data: dense.map((id) => ids[id]!), type: 'INT32' };
  if (ids instanceof Float64Array)
    return { name, data: BigInt64Array.from(dense as never, (id: number) => BigInt(ids[id]!)), type: 'INT64' };
  return { name, data: Array.from(dense, (id) => ids[id]!), type: 'STRING' };
}

function createTimeColumn(times: Float64Array): ColumnSource {
  const name = 'timestamp';
  if (!times.every(Number.isSafeInteger)) return { name, data: times, type: 'DOUBLE' };
  return { name, data: BigInt64Array.from(times as never, (time: number) => BigInt(time)), type: 'INT64' };
}
