import type { Interactions, OriginalIds } from '@footlight/datasets';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { createIdColumn } from './parquet-ids.js';

/**
 * Interactions as a Parquet file, compressed with Snappy: original ids, and the columns that there are, none of which
 * has nulls. Ids are INT32, INT64 or texts; times are in seconds, INT64 if all of them are whole, else DOUBLE.
 */
export function toParquet({ catalogue, users, items, ratings, timestamps, weights }: Interactions): Uint8Array {
  const columns: ColumnSource[] = [
    createIdColumn('user', catalogue.userIds, listIds(catalogue.userIds, users)),
    createIdColumn('item', catalogue.itemIds, listIds(catalogue.itemIds, items)),
    ...(ratings ? [{ name: 'rating', data: ratings, type: 'FLOAT' } as const] : []),
    ...(timestamps ? [createTimeColumn(timestamps)] : []),
    ...(weights ? [{ name: 'weight', data: weights, type: 'FLOAT' } as const] : []),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData: columns.map((column) => ({ ...column, nullable: false })) }));
}

const listIds = (ids: OriginalIds, dense: Int32Array) => Array.from(dense, (id) => ids[id]!);

function createTimeColumn(times: Float64Array): ColumnSource {
  const name = 'timestamp';
  if (!times.every(Number.isSafeInteger)) return { name, data: times, type: 'DOUBLE' };
  return { name, data: BigInt64Array.from(times as never, (time: number) => BigInt(time)), type: 'INT64' };
}
