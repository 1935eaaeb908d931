import { RecsysError } from '@footlight/core';
import { isUtf8 } from '#platform/readers/decompress';
import { startParallelRead } from '#platform/readers/parallel-read';
import { assertEqualLengths } from './assert-equal-lengths.js';
import { NEWLINE } from './character-codes.js';
import type { ColumnRequest, DelimitedLayout, RequestedColumns } from './column-types.js';
import { assertLineLength } from './file-limits.js';
import { createFieldEnds, decodeText } from './find-field.js';
import { createLineLayout } from './line-layout.js';
import { createLineScanner, type LineScanner } from './line-scanner.js';
import type { ParallelRead, ParallelReadTask } from './parallel-read-types.js';
import { readHeader } from './read-header.js';
import type { SourceFile } from './source-file.js';
import { failEncoding } from './text-encoding.js';
import { concatenateBytes, readWholeLines } from './whole-lines.js';

/** Size from which a second thread reads the second half of a plain file: below, its start costs more than it saves. */
const PARALLEL_BYTES = 1 << 26;

/** A row that is longer than this has a quotation mark without its partner. */
const LONGEST_ROW = 1 << 22;

/**
 * Reads columns of a delimited file into typed arrays, in one pass over its bytes and without an object or a string per
 * row.
 *
 * It reads what logs of interactions consist of (numbers, dates, ids as text) as fast as dataframe libraries do. Lines
 * may end in `\n` or `\r\n`, quoted fields follow RFC 4180, empty lines are skipped.
 *
 * @throws {RecsysError} `invalid-data` with file, line and column of the first field that does not fit; `TextIdError`
 *   at an id that is no whole number
 */
export async function readColumns<const Requests extends Record<string, ColumnRequest>>(
  file: SourceFile,
  layout: DelimitedLayout<Requests>,
): Promise<RequestedColumns<Requests>> {
  const requests = Object.values(layout.columns);
  const ends = createFieldEnds(layout);
  let scanner: LineScanner | undefined;
  let parallel: ParallelRead | undefined;
  let consumed = 0;
  let rest: Uint8Array = new Uint8Array(0); // the beginning of a row whose end has not been read yet
  try {
    const boundary = (): number => parallel?.from ?? Infinity;
    const assertLength = (bytes: number): void => assertLineLength(file.name, scanner?.line() ?? 1, bytes, file.limits);
    for await (const piece of readWholeLines(file.chunks, boundary, assertLength)) {
      let lines = rest.length > 0 ? concatenateBytes([rest, piece]) : piece;
      consumed += piece.length;
      assertUtf8(file.name, lines, scanner?.line() ?? 1);
      if (!scanner) {
        const header = readHeader(file.name, lines, ends, layout.header);
        if (!header) {
          rest = lines;
          if (rest.length > LONGEST_ROW) failUnclosed(file.name, 1);
          continue;
        }
        const { names, crlf, bytes, nextLine } = header;
        scanner = createLineScanner(createLineLayout(file.name, ends, names, requests, crlf), requests, nextLine);
        parallel = await startSecondReader(file, { ...layout, header: names });
        lines = lines.subarray(bytes);
      }
      const start = consumed - lines.length;
      rest = lines.subarray(scanner.scan(lines, file.bytes === undefined ? undefined : file.bytes - start));
      if (rest.length > LONGEST_ROW) failUnclosed(file.name, scanner.line());
      if (parallel?.from !== consumed) continue;
      const others = rest.length > 0 ? undefined : await parallel.columns;
      if (others) {
        scanner.append(others);
        file.finish?.();
        break;
      }
      // This thread reads on: the second half begins inside of quotation marks, or it throws what the other one met.
      parallel.stop();
      parallel = undefined;
    }
  } finally {
    parallel?.stop();
  }
  if (decodeText(rest, 0, rest.length).trim() !== '') failUnclosed(file.name, scanner?.line() ?? 1);
  if (!scanner)
    throw new RecsysError('invalid-data', `${file.name}: expected rows, received an empty file. Is it complete?`);
  const columns = scanner.take();
  const named = Object.keys(layout.columns).map((name, request) => [name, columns[request]]);
  return assertEqualLengths(file.name, Object.fromEntries(named) as RequestedColumns<Requests>);
}

function assertUtf8(fileName: string, lines: Uint8Array, line: number): void {
  if (isUtf8(lines)) return;
  let from = 0;
  for (let at = line; ; at++) {
    const end = lines.indexOf(NEWLINE, from) + 1 || lines.length;
    if (!isUtf8(lines.subarray(from, end))) failEncoding(fileName, at);
    from = end;
  }
}

function failUnclosed(fileName: string, line: number): never {
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${line}): expected matching quotation marks, received a quoted field without an end. ` +
      'Correct the row, or set quotes: false if quotation marks are characters like others.',
  );
}

/** Undefined for small files, and for columns of texts, whose codes one thread has to count. */
async function startSecondReader(
  { path, bytes }: SourceFile,
  layout: ParallelReadTask['layout'],
): Promise<ParallelRead | undefined> {
  if (path === undefined || bytes === undefined || bytes < PARALLEL_BYTES) return undefined;
  if (Object.values(layout.columns).some(({ kind }) => kind === 'text' || kind === 'text-id' || kind === 'line'))
    return undefined;
  return startParallelRead(path, bytes, layout);
}
