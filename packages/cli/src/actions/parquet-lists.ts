import type { Recommender, UserRecommendations } from '@footlight/trainer';
import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { EncoderStart, ListEncoder } from './encoder-types.js';
import { createIdColumn } from './parquet-ids.js';

/**
 * Creates the encoder of lists as a Parquet table, compressed with Snappy, with a row per item and a row group per
 * chunk of users. No column has nulls:
 *
 * - `user`, `item`: the original ids, INT32, INT64 or texts, as in the source
 * - `rank`: INT32, from 1
 * - `title`: text; only if the catalogue has titles
 * - `score`: FLOAT
 * - `rating`: DOUBLE, in the scale of the source; only if the model predicts ratings
 *
 * A row group never changes once it is written, so that a later process continues the file: it needs only the
 * description of the row groups, which a Parquet file has at its end.
 */
export function createParquetLists(recommender: Recommender, { bytes, saved }: EncoderStart): ListEncoder {
  const buffer = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: createColumns(recommender, []) });
  const writer = new ParquetWriter({ writer: buffer, schema, statistics: false });
  if (saved !== undefined) {
    buffer.index = 0; // the file has its beginning
    buffer.offset = bytes;
    writer.row_groups = parseWithIntegers(saved) as ParquetWriter['row_groups'];
    writer.num_rows = writer.row_groups.reduce((sum, { num_rows }) => sum + num_rows, 0n);
  }
  const takeBytes = (): Uint8Array => {
    const piece = buffer.getBytes().slice();
    buffer.index = 0;
    return piece;
  };
  return {
    encode(lists) {
      const columnData = createColumns(recommender, lists);
      writer.write({ columnData, rowGroupSize: Math.max(1, columnData[0]!.data.length) });
      return takeBytes();
    },
    save: () => stringifyWithIntegers(writer.row_groups),
    finish() {
      writer.finish();
      return takeBytes();
    },
  };
}

function createColumns(
  { catalogue, ratings }: Recommender,
  lists: readonly UserRecommendations[],
): (ColumnSource & { nullable: false })[] {
  const { userIds, itemIds, itemTitles } = catalogue;
  const users = lists.flatMap(({ user, recommendations }) => recommendations.map(() => user));
  const ranks = lists.flatMap(({ recommendations }) => recommendations.map((_, at) => at + 1));
  const rows = lists.flatMap(({ recommendations }) => recommendations);
  const columns: ColumnSource[] = [
    createIdColumn('user', userIds, users),
    { name: 'rank', data: Int32Array.from(ranks), type: 'INT32' },
    createIdColumn(
      'item',
      itemIds,
      rows.map(({ item }) => item),
    ),
    ...(itemTitles ? [{ name: 'title', data: rows.map(({ title }) => title), type: 'STRING' } as const] : []),
    { name: 'score', data: Float32Array.from(rows, ({ score }) => score), type: 'FLOAT' },
    ...(ratings
      ? [{ name: 'rating', data: Float64Array.from(rows, ({ rating }) => rating!), type: 'DOUBLE' } as const]
      : []),
  ];
  return columns.map((column) => ({ ...column, offsetIndex: false, nullable: false }));
}

/** JSON in which 64-bit integers are texts like `12n`; no text of a description of row groups looks like that. */
function stringifyWithIntegers(value: unknown): string {
  return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}n` : each));
}

function parseWithIntegers(text: string): unknown {
  return JSON.parse(text, (_, each) =>
    typeof each === 'string' && /^-?\d+n$/.test(each) ? BigInt(each.slice(0, -1)) : each,
  );
}
