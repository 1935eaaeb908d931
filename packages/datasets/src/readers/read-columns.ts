import { RecsysError } from '@footlight/core';
import { NEWLINE, QUOTE, RETURN } from './character-codes.js';
import type { ColumnRequest, DelimitedLayout, RequestedColumns } from './column-types.js';
import { QuotedFieldError } from './field-errors.js';
import { createLineLayout } from './line-layout.js';
import { createLineScanner, type LineScanner } from './line-scanner.js';
import { type ParallelRead, type ParallelReadTask, startParallelRead } from './parallel-read.js';
import { decodeText } from './parse-field.js';
import type { SourceFile } from './source-file.js';
import { readWholeLines } from './whole-lines.js';

/** Size from which a second thread reads the second half of a plain file: below, its start costs more than it saves. */
const PARALLEL_BYTES = 1 << 26;

/**
 * Reads columns of a delimited file into typed arrays, in one pass over its bytes and without an object or a string per
 * row.
 *
 * It reads what logs of interactions consist of (numbers, dates, ids as text) as fast as dataframe libraries do.
 *
 * @throws {RecsysError} `invalid-data` with file, line and column of the first field that does not fit; `TextIdError`
 *   at an id that is no whole number; `QuotedFieldError` at the first quoted field
 */
export async function readColumns<const Requests extends Record<string, ColumnRequest>>(
  file: SourceFile,
  layout: DelimitedLayout<Requests>,
): Promise<RequestedColumns<Requests>> {
  const requests = Object.values(layout.columns);
  let scanner: LineScanner | undefined;
  let parallel: ParallelRead | undefined;
  let consumed = 0;
  try {
    for await (const piece of readWholeLines(file.chunks, () => parallel?.from ?? Infinity)) {
      let lines = piece;
      if (!scanner) {
        const { names, crlf, headerBytes } = readFirstLine(file.name, piece, layout);
        const line = headerBytes > 0 ? 2 : 1;
        scanner = createLineScanner(
          createLineLayout(file.name, layout.separator, names, requests, crlf),
          requests,
          line,
        );
        parallel = await startSecondReader(file, { ...layout, header: names });
        lines = piece.subarray(headerBytes);
      }
      const start = consumed + piece.length - lines.length;
      if (lines.length > 0) scanner.scan(lines, file.bytes === undefined ? undefined : file.bytes - start);
      consumed += piece.length;
      if (parallel?.from !== consumed) continue;
      const others = await parallel.columns;
      if (others) {
        scanner.append(others);
        file.finish?.();
        break;
      }
      parallel = undefined; // this thread reads on, and throws what the other one met
    }
  } finally {
    parallel?.stop();
  }
  if (!scanner)
    throw new RecsysError('invalid-data', `${file.name}: expected rows, received an empty file. Is it complete?`);
  const columns = scanner.take();
  const named = Object.keys(layout.columns).map((name, request) => [name, columns[request]]);
  return Object.fromEntries(named) as RequestedColumns<Requests>;
}

interface FirstLine {
  readonly names: readonly string[];
  /** Whether lines end in `\r\n`. */
  readonly crlf: boolean;
  /** Length of the header with its end; 0 if the file has none. */
  readonly headerBytes: number;
}

function readFirstLine(
  fileName: string,
  lines: Uint8Array,
  { separator, header }: Omit<DelimitedLayout<unknown>, 'columns'>,
): FirstLine {
  const end = lines.indexOf(NEWLINE);
  const crlf = lines[end - 1] === RETURN;
  if (header) return { names: header, crlf, headerBytes: 0 };
  const line = lines.subarray(0, crlf ? end - 1 : end);
  if (line.includes(QUOTE)) throw new QuotedFieldError(fileName);
  const names = decodeText(line, 0, line.length)
    .replace(/^\uFEFF/, '')
    .split(separator);
  return { names, crlf, headerBytes: end + 1 };
}

/** Undefined for small files, and for columns of texts, whose codes one thread has to count. */
async function startSecondReader(
  { path, bytes }: SourceFile,
  layout: ParallelReadTask['layout'],
): Promise<ParallelRead | undefined> {
  if (path === undefined || bytes === undefined || bytes < PARALLEL_BYTES) return undefined;
  if (Object.values(layout.columns).some(({ kind }) => kind === 'text')) return undefined;
  return startParallelRead(path, bytes, layout);
}
