import { RecsysError } from '@footlight/core';
import { NEWLINE, RETURN } from './character-codes.js';
import { type FileLocation, inspectFile } from './file-location.js';
import { identifyContent } from './identify-content.js';
import { openFile, type ReadOptions, type SourceFile } from './source-file.js';
import { convertReturns, convertToUtf8, detectUtf16, hasReturns } from './text-encoding.js';
import { concatenateBytes } from './whole-lines.js';
import { openOnlyZipEntry } from './zip-archive.js';

/** How a file of the user is opened. */
export interface TableFileOptions extends ReadOptions {
  /** Encoding of the text. Default: UTF-8, or UTF-16 if the first bytes say so. */
  readonly encoding?: string | undefined;
  /** Whether quotation marks may enclose line ends. Default: no. */
  readonly quotes?: boolean;
}

/** The kind of line end is chosen by the first of them, within so many bytes. */
const HEAD_BYTES = 1 << 16;

/**
 * Opens a text file of the user: plain, with gzip, or the only file of a zip archive, whatever its name ends in. Its
 * chunks are UTF-8 with line ends `\n` or `\r\n`: other encodings, and files with line ends `\r`, are converted.
 *
 * @throws {RecsysError} `missing-file`; `invalid-data` if it is no text, with the name of what it is
 */
export async function openTableFile(
  location: FileLocation,
  { encoding, quotes = false, ...given }: TableFileOptions,
): Promise<SourceFile> {
  const options = { ...given, isOwn: true };
  const { signature } = await inspectFile(location);
  const isZip = signature === 'PK\x03\x04' || signature === 'PK\x05\x06';
  const file = isZip ? await openOnlyZipEntry(location, options) : await openFile(location, options);
  const { head, chunks } = await readHead(file.chunks);
  const content = identifyContent(head);
  if (content)
    throw new RecsysError(
      'invalid-data',
      `${file.name}: expected a text file with a table, received ${content.name}. ${content.remedy}`,
    );
  const from = encoding ?? detectUtf16(head);
  if (from !== undefined && !/^utf-?8$/i.test(from)) {
    const utf8 = await readHead(convertToUtf8(file.name, chunks, from));
    return chooseLineEnds({ name: file.name, chunks: utf8.chunks, limits: file.limits }, utf8.head, quotes);
  }
  if (head.includes(0)) failNul(file.name, head);
  return chooseLineEnds({ ...file, chunks }, head, quotes);
}

function chooseLineEnds(file: SourceFile, head: Uint8Array, quotes: boolean): SourceFile {
  if (!hasReturns(head, quotes)) return file;
  return { name: file.name, chunks: convertReturns(file.name, file.chunks, quotes), limits: file.limits };
}

function failNul(fileName: string, head: Uint8Array): never {
  const line = head.subarray(0, head.indexOf(0)).reduce((lines, byte) => lines + (byte === NEWLINE ? 1 : 0), 1);
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${line}): expected text, received NUL characters. Is the file damaged, or no text?`,
  );
}

/** Reads the first chunks; all of them are read again from the returned ones. */
async function readHead(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly chunks: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  // A return at the end of the head would hide whether \n follows.
  for (let bytes = 0; bytes < HEAD_BYTES || first.at(-1)?.at(-1) === RETURN; bytes += first.at(-1)!.length) {
    const { done, value } = await iterator.next();
    if (done) break;
    first.push(value);
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* first.splice(0);
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head: first.length === 1 ? first[0]! : concatenateBytes(first), chunks: all() };
}
