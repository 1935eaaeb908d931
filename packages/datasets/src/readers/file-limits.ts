import { assertInteger, invalid, RecsysError } from '@footlight/core';

/** Limits for files that are made to take long, or to fill the memory. */
export interface FileLimits {
  /** Longest line of a text file, in bytes; at least 2²⁰. Default 2²⁴ (16 MiB). */
  readonly lineBytes?: number;
  /**
   * How many times as large as a compressed file its content may be, above 1. Contents of up to 64 MiB are always read.
   * Default 250.
   */
  readonly expansion?: number;
}

const LINE_BYTES = 1 << 24;
const EXPANSION = 250;

/** Contents of this size take a moment, whatever they were compressed to. */
const SMALL_BYTES = 1 << 26;

/** Checks the option `limits`. */
export function assertLimits(where: string, { lineBytes, expansion }: FileLimits = {}): void {
  if (lineBytes !== undefined) assertInteger(`${where}(limits.lineBytes)`, lineBytes, { minimum: 1 << 20 });
  if (expansion !== undefined && !(expansion > 1)) invalid(`${where}(limits.expansion)`, 'a number above 1', expansion);
}

/**
 * Checks the length of a line whose end has not been found yet.
 *
 * @throws {RecsysError} `invalid-data` if it is longer than the limit
 */
export function assertLineLength(
  fileName: string,
  line: number,
  bytes: number,
  { lineBytes = LINE_BYTES }: FileLimits = {},
): void {
  if (bytes <= lineBytes) return;
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${line}): expected lines of at most ${formatMebibytes(lineBytes)}, received a longer one. ` +
      'Does the file lack line ends? If the line is right, raise limits.lineBytes.',
  );
}

/**
 * Passes on the content of a compressed file.
 *
 * @param packedBytes the size of the content in the file
 * @throws {RecsysError} `invalid-data` as soon as the content is so large that the file must be made to fill the memory
 */
export async function* limitExpansion(
  chunks: AsyncIterable<Uint8Array>,
  fileName: string,
  packedBytes: number,
  { expansion = EXPANSION }: FileLimits = {},
): AsyncGenerator<Uint8Array> {
  const most = Math.max(SMALL_BYTES, expansion * packedBytes);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > most)
      throw new RecsysError(
        'invalid-data',
        `${fileName}: expected at most ${expansion} times the ${packedBytes} bytes that it has compressed, received ` +
          `more than ${formatMebibytes(bytes)}. Is the file what it should be? If it is, raise limits.expansion, or ` +
          'unpack it.',
      );
    yield chunk;
  }
}

function formatMebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)} MiB`;
}
