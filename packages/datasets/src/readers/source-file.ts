import { RecsysError } from '@footlight/core';
import { computeCrc32, gunzip } from '#platform/readers/decompress';
import type { LoadOptions } from '../types.js';
import { assertLineLength, type FileLimits, limitExpansion } from './file-limits.js';
import { describePlace, type FileLocation, getFileName, inspectFile, openLocation } from './file-location.js';
import { createProgressReporter, type ReportProgress } from './progress-reporter.js';
import { concatenateBytes, readWholeLines } from './whole-lines.js';
import type { ZipEntry } from './zip-directory.js';

/** A file that can be read once, from the beginning to the end. */
export interface SourceFile {
  /** Name for messages: `ratings.csv`, or `ml-20m/ratings.csv in ml-20m.zip`. */
  readonly name: string;
  /** Size of the content. Absent: unknown until the end is reached (gzip). */
  readonly bytes?: number;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Path of a plain file on disk. Absent: the content is compressed, or in memory. */
  readonly path?: string;
  /**
   * Reports the end of the file. To be called if the rest of `chunks` is not read, since another thread has read it.
   */
  readonly finish?: () => void;
  /** Limits that its reader keeps. Default: those of `FileLimits`. */
  readonly limits?: FileLimits | undefined;
}

/** What every reader accepts besides its file. */
export type ReadOptions = Pick<LoadOptions, 'onProgress' | 'signal'> & {
  readonly limits?: FileLimits | undefined;
  /** Whether the file is one of the user, which is never downloaded. Default false. */
  readonly isOwn?: boolean;
};

/**
 * Opens a file; it is decompressed with gzip if its content or, for an archive, its name (`.gz`) says so.
 *
 * @throws {RecsysError} `missing-file`; `damaged-archive`, while it is read, if the gzip stream is broken
 */
export async function openFile(
  location: FileLocation,
  { onProgress, signal, limits, isOwn = false }: ReadOptions = {},
): Promise<SourceFile> {
  const { bytes, signature } = await inspectFile(location);
  const name = getFileName(location);
  const report = createProgressReporter(onProgress, { label: `read ${name}`, total: bytes, unit: 'bytes' });
  const packed = reportChunks((await openLocation(location, bytes)).stream(), report, signal);
  // A file of the user is what its content says, unless it is a pipe.
  const hasName = /\.gz$/i.test(name) && (!isOwn || signature === '');
  if (!signature.startsWith('\x1f\x8b') && !hasName) {
    const plain = { name, bytes, chunks: packed, finish: () => report(bytes, true), limits };
    return typeof location === 'string' ? { ...plain, path: location } : plain;
  }
  const unpacked = verifyChunks(gunzip(packed), location, { isOwn });
  return { name, chunks: limitExpansion(unpacked, name, bytes, limits), limits };
}

/** Reads the whole text of a small file. */
export async function readText(file: SourceFile, encoding: 'utf-8' | 'latin1'): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.chunks) chunks.push(chunk);
  const bytes = concatenateBytes(chunks);
  if (encoding === 'utf-8') return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  // A decoder of `latin1` reads the bytes 0x80 to 0x9f as windows-1252.
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join('');
}

/**
 * Reads the lines of a file, without line ends.
 *
 * @throws {RecsysError} `invalid-data` if a line is longer than the limit
 */
export async function* readLines({ name, chunks, limits }: SourceFile): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let line = 1;
  const assertLength = (bytes: number): void => assertLineLength(name, line, bytes, limits);
  for await (const piece of readWholeLines(chunks, undefined, assertLength)) {
    const lines = decoder.decode(piece).split('\n').slice(0, -1);
    for (const text of lines) yield text.endsWith('\r') ? text.slice(0, -1) : text;
    line += lines.length;
  }
}

/** Passes chunks on; throws `damaged-archive` if they cannot be read, or if the checksum of the entry differs. */
export async function* verifyChunks(
  stream: AsyncIterable<Uint8Array>,
  location: FileLocation,
  { entry, isOwn }: { readonly entry?: ZipEntry; readonly isOwn: boolean },
): AsyncGenerator<Uint8Array> {
  let checksum = 0;
  try {
    for await (const chunk of stream) {
      if (entry) checksum = computeCrc32(chunk, checksum);
      yield chunk;
    }
  } catch (cause) {
    failDamaged(location, cause, isOwn);
  }
  if (entry && checksum !== entry.crc32) failDamaged(location, `the checksum of ${entry.fileName} differs`, isOwn);
}

/** Passes chunks on and reports progress; throws if the signal is aborted. */
export async function* reportChunks(
  chunks: AsyncIterable<Uint8Array>,
  report: ReportProgress,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    yield chunk;
    done += chunk.length;
    report(done);
  }
  report(done, true);
}

export function failDamaged(location: FileLocation, cause: unknown, isOwn: boolean): never {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
  const isKept = isOwn || typeof location !== 'string'; // it has not been downloaded, and is not downloaded again
  throw new RecsysError(
    'damaged-archive',
    `${getFileName(location)}: expected a whole archive, received one that is cut off or damaged (${reason}). ` +
      (isKept
        ? 'Is it complete?'
        : `Put an undamaged copy at ${describePlace(location)}, or delete it so that it is downloaded again.`),
    { cause },
  );
}
