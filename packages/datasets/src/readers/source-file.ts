import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { crc32, createGunzip } from 'node:zlib';
import { RecsysError } from '@footlight/core';
import type { Entry } from 'yauzl';
import type { LoadOptions } from '../types.js';
import { assertLineLength, type FileLimits, limitExpansion } from './file-limits.js';
import { createProgressReporter, type ReportProgress } from './progress-reporter.js';
import { readWholeLines } from './whole-lines.js';

/** A file that can be read once, from the beginning to the end. */
export interface SourceFile {
  /** Name for messages: `ratings.csv`, or `ml-20m/ratings.csv in ml-20m.zip`. */
  readonly name: string;
  /** Size of the content. Absent: unknown until the end is reached (gzip). */
  readonly bytes?: number;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Path of a plain file. Absent: the content is compressed. */
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

export const CHUNK_BYTES: number = 1 << 20;

/**
 * Opens a file; it is decompressed with gzip if its content or, for an archive, its name (`.gz`) says so.
 *
 * @throws {RecsysError} `missing-file`; `damaged-archive`, while it is read, if the gzip stream is broken
 */
export async function openFile(
  path: string,
  { onProgress, signal, limits, isOwn = false }: ReadOptions = {},
): Promise<SourceFile> {
  const { bytes, signature } = await inspectFile(path);
  const report = createProgressReporter(onProgress, { label: `read ${basename(path)}`, total: bytes, unit: 'bytes' });
  const packed = reportChunks(createReadStream(path, { highWaterMark: CHUNK_BYTES }), report, signal);
  // A file of the user is what its content says, unless it is a pipe.
  const hasName = /\.gz$/i.test(path) && (!isOwn || signature === '');
  if (!signature.startsWith('\x1f\x8b') && !hasName)
    return { name: basename(path), bytes, chunks: packed, path, finish: () => report(bytes, true), limits };
  // Errors reach the reader of `unpacked`.
  const unpacked = pipeline(packed, createGunzip({ chunkSize: CHUNK_BYTES }), () => {});
  const name = basename(path);
  return { name, chunks: limitExpansion(verifyChunks(unpacked, path, { isOwn }), name, bytes, limits), limits };
}

/**
 * The size of a file, and its first four bytes as Latin-1.
 *
 * @throws {RecsysError} `missing-file` if it is none, or cannot be opened
 */
export async function inspectFile(path: string): Promise<{ readonly bytes: number; readonly signature: string }> {
  const place = `${basename(path)}: expected a file at ${path}`;
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const stats = await file.stat();
    if (stats.isDirectory()) throw new RecsysError('missing-file', `${place}, received a folder. Name a file in it.`);
    // A pipe can be read only once.
    if (!stats.isFile()) return { bytes: stats.size, signature: '' };
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return { bytes: stats.size, signature: buffer.toString('latin1', 0, bytesRead) };
  } catch (cause) {
    if (cause instanceof RecsysError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    const received = code === 'ENOENT' ? 'none. Check the path.' : `${code}. May it be opened?`;
    throw new RecsysError('missing-file', `${place}, received ${received}`, { cause });
  } finally {
    await file?.close();
  }
}

/** Reads the whole text of a small file. */
export async function readText(file: SourceFile, encoding: 'utf-8' | 'latin1'): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.chunks) chunks.push(chunk);
  return Buffer.concat(chunks).toString(encoding);
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
  path: string,
  { entry, isOwn }: { readonly entry?: Entry; readonly isOwn: boolean },
): AsyncGenerator<Uint8Array> {
  let checksum = 0;
  try {
    for await (const chunk of stream) {
      if (entry) checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (cause) {
    failDamaged(path, cause, isOwn);
  }
  if (entry && checksum !== entry.crc32) failDamaged(path, `the checksum of ${entry.fileName} differs`, isOwn);
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

export function failDamaged(path: string, cause: unknown, isOwn: boolean): never {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
  throw new RecsysError(
    'damaged-archive',
    `${basename(path)}: expected a whole archive, received one that is cut off or damaged (${reason}). ` +
      (isOwn ? 'Is it complete?' : `Put an undamaged copy at ${path}, or delete it so that it is downloaded again.`),
    { cause },
  );
}
