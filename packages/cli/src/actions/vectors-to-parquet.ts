import type { VectorTable } from '@footlight/serve/export';
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { createIdColumn, findIdType } from './parquet-ids.js';

/** Rows of a row group. */
const rowGroupSize = 10_000;

/**
 * Vectors as a Parquet file, compressed with Snappy, a row per item or user. No column has nulls:
 *
 * - `item` or `user`: the original id, INT32, INT64 or a text, as in the source
 * - `vector`: a list of FLOAT
 * - `bias`: FLOAT; only if there are biases
 */
export function toVectorParquet(name: 'item' | 'user', { ids, vectors, biases }: VectorTable, dim: number): Uint8Array {
  const idColumn = createIdColumn(name, ids, Array.from(ids as ArrayLike<string | number>));
  const schema = [
    { name: 'root', num_children: biases ? 3 : 2 },
    describeIds(name, findIdType(ids)),
    { name: 'vector', repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
    ...(biases ? [{ name: 'bias', type: 'FLOAT', repetition_type: 'REQUIRED' }] : []),
  ] as ParquetWriter['schema'];
  const buffer = new ByteWriter();
  const writer = new ParquetWriter({ writer: buffer, schema, statistics: false });
  const columnData: ColumnSource[] = [
    idColumn,
    {
      name: 'vector',
      data: Array.from({ length: ids.length }, (_, row) => Array.from(vectors.subarray(row * dim, (row + 1) * dim))),
    },
    ...(biases ? [{ name: 'bias', data: biases }] : []),
  ];
  writer.write({ columnData, rowGroupSize });
  writer.finish();
  return buffer.getBytes();
}

function describeIds(name: string, type: 'INT32' | 'INT64' | 'STRING') {
  const required = { name, repetition_type: 'REQUIRED' };
  return type === 'STRING' ? { ...required, type: 'BYTE_ARRAY', converted_type: 'UTF8' } : { ...required, type };
}
