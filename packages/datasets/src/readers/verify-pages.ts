import { RecsysError } from '@footlight/core';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { computeCrc32 } from '#platform/readers/decompress';

type RowGroup = FileMetaData['row_groups'][number];

/** The pages of one column in one row group. */
interface ColumnChunk {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly valueCount: number;
}

/**
 * A Parquet file whose pages of one row group are verified when they are read, where the writer has stored their
 * checksums, which hyparquet does not look at.
 *
 * @param place file and row group, for messages
 * @throws {RecsysError} `damaged-archive` from `slice`, with the column of the first page that differs
 */
export function verifyPages(file: AsyncBuffer, group: RowGroup, place: string): AsyncBuffer {
  const chunks = group.columns.flatMap(({ meta_data }): ColumnChunk[] => {
    if (!meta_data) return [];
    const start = Number(meta_data.dictionary_page_offset || meta_data.data_page_offset);
    const end = start + Number(meta_data.total_compressed_size);
    return [{ name: meta_data.path_in_schema.join('.'), start, end, valueCount: Number(meta_data.num_values) }];
  });
  return {
    byteLength: file.byteLength,
    slice(start, end = file.byteLength) {
      const verified = Promise.resolve(file.slice(start, end)).then((bytes) => {
        for (const chunk of chunks)
          if (start <= chunk.start && chunk.end <= start + bytes.byteLength)
            verifyChunk(new DataView(bytes, chunk.start - start, chunk.end - chunk.start), chunk, place);
        return bytes;
      });
      verified.catch(() => {}); // hyparquet does not wait for all that it reads if it fails
      return verified;
    },
  };
}

function verifyChunk(view: DataView<ArrayBuffer>, { name, valueCount }: ColumnChunk, place: string): void {
  const reader = { view, offset: 0 };
  // As hyparquet reads: what follows the last value is no page.
  for (let page = 1, values = 0; values < valueCount && reader.offset < view.byteLength - 1; page++) {
    const header = parquetHeader(reader);
    const bytes = new Uint8Array(view.buffer, view.byteOffset + reader.offset, header.compressed_page_size);
    if (header.crc !== undefined && computeCrc32(bytes, 0) !== header.crc >>> 0)
      throw new RecsysError(
        'damaged-archive',
        `${place}, column ${name}: expected page ${page} to have the checksum ${formatChecksum(header.crc)}, ` +
          `received ${formatChecksum(computeCrc32(bytes, 0))}. The file is damaged: get it or write it again.`,
      );
    reader.offset += header.compressed_page_size;
    values += header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values ?? 0;
  }
}

const formatChecksum = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
