import { invalid, RecsysError } from '@footlight/core';
import { NEWLINE, QUOTE, RETURN } from './character-codes.js';

const encoder = new TextEncoder();

/** Throws `invalid-data`: the bytes of a line are no text in the encoding. */
export function failEncoding(fileName: string, line: number, encoding = 'UTF-8'): never {
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${line}): expected text in ${encoding}, received other bytes. ` +
      "Set encoding to that of the file, e.g. encoding: 'latin1', or save the file as UTF-8.",
  );
}

/**
 * Checks the name of an encoding.
 *
 * @throws {RecsysError} `invalid-argument` if no decoder knows it
 */
export function assertEncoding(where: string, encoding: string | undefined): void {
  try {
    if (encoding !== undefined) new TextDecoder(encoding);
  } catch {
    invalid(where, 'the name of an encoding', JSON.stringify(encoding), 'For example utf-8, latin1 or utf-16le.');
  }
}

/**
 * The encoding of a text by its first bytes: UTF-16 with a byte order mark, or with every other byte of the first
 * characters 0. Undefined: any other, e.g. UTF-8.
 */
export function detectUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head.length < 4) return undefined;
  const [first, second, third, fourth] = head as unknown as [number, number, number, number];
  if (first > 0 && second === 0 && third > 0 && fourth === 0) return 'utf-16le';
  if (first === 0 && second > 0 && third === 0 && fourth > 0) return 'utf-16be';
  return undefined;
}

/**
 * Converts text to UTF-8, without a byte order mark.
 *
 * @throws {RecsysError} `invalid-data` with the line of the first bytes that are no text in the encoding
 */
export async function* convertToUtf8(
  fileName: string,
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  const decode = (chunk?: Uint8Array): Uint8Array => {
    try {
      return encoder.encode(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
    } catch {
      return failEncoding(fileName, line + countDecoded(chunk, encoding), encoding);
    }
  };
  for await (const chunk of chunks) {
    const text = decode(chunk);
    yield text;
    line += countBytes(text, NEWLINE);
  }
  yield decode();
}

/** Number of line ends before the first bytes of a chunk that are no text. */
function countDecoded(chunk: Uint8Array | undefined, encoding: string): number {
  if (!chunk) return 0;
  const lines = new TextDecoder(encoding).decode(chunk).split('\n');
  return Math.max(
    0,
    lines.findIndex((line) => line.includes('\uFFFD')),
  );
}

/**
 * Whether the first row ends in `\r` alone.
 *
 * @param quotes whether line ends in quotation marks belong to a field
 */
export function hasReturns(head: Uint8Array, quotes: boolean): boolean {
  let isQuoted = false;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at];
    if (quotes && byte === QUOTE) isQuoted = !isQuoted;
    else if (!isQuoted && byte === NEWLINE) return false;
    else if (!isQuoted && byte === RETURN) return head[at + 1] !== NEWLINE;
  }
  return false;
}

/**
 * Converts line ends `\r` to `\n`; those in quotation marks stay.
 *
 * @throws {RecsysError} `invalid-data` with the line of the first row that ends in `\n`
 */
export async function* convertReturns(
  fileName: string,
  chunks: AsyncIterable<Uint8Array>,
  quotes: boolean,
): AsyncGenerator<Uint8Array> {
  let line = 1;
  let isQuoted = false;
  const convert = (byte: number): number => {
    if (quotes && byte === QUOTE) isQuoted = !isQuoted;
    if (byte === NEWLINE && !isQuoted)
      throw new RecsysError(
        'invalid-data',
        `${fileName} (line ${line}): expected the line end \\r of the lines before, received \\n. ` +
          'Write all line ends alike.',
      );
    if (byte === RETURN || byte === NEWLINE) line++;
    return byte === RETURN && !isQuoted ? NEWLINE : byte;
  };
  for await (const chunk of chunks) yield chunk.map(convert);
}

function countBytes(bytes: Uint8Array, wanted: number): number {
  let count = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) count++;
  return count;
}
