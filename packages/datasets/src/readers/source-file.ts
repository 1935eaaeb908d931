import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import { RecsysError } from '@footlight/core';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import type { LoadOptions } from '../types.js';
import { createProgressReporter, type ReportProgress } from './progress-reporter.js';

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
}

/** What every reader accepts besides its file. */
export type ReadOptions = Pick<LoadOptions, 'onProgress' | 'signal'>;

const CHUNK_BYTES = 1 << 20;

/**
 * Opens a file; it is decompressed with gzip if its name ends in `.gz`.
 *
 * @throws {RecsysError} `missing-file`; `damaged-archive`, while it is read, if the gzip stream is broken
 */
export async function openFile(path: string, { onProgress, signal }: ReadOptions = {}): Promise<SourceFile> {
  const bytes = await getFileSize(path);
  const report = createProgressReporter(onProgress, { label: `read ${basename(path)}`, total: bytes, unit: 'bytes' });
  const packed = reportChunks(createReadStream(path, { highWaterMark: CHUNK_BYTES }), report, signal);
  if (!path.endsWith('.gz'))
    return { name: basename(path), bytes, chunks: packed, path, finish: () => report(bytes, true) };
  // Errors reach the reader of `unpacked`.
  const unpacked = pipeline(packed, createGunzip({ chunkSize: CHUNK_BYTES }), () => {});
  return { name: basename(path), chunks: verifyChunks(unpacked, path) };
}

/**
 * Opens one file of a zip archive, by its name without folders. Its checksum (CRC-32) is verified at the end.
 *
 * @throws {RecsysError} `damaged-archive` if the archive is cut off or a checksum differs, `missing-file` if it holds
 *   no such file
 */
export async function openZipEntry(
  path: string,
  fileName: string,
  { onProgress, signal }: ReadOptions = {},
): Promise<SourceFile> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((cause) =>
    failDamaged(path, cause),
  );
  try {
    const entry = await findEntry(zip, fileName, path);
    const stored = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    const inflated =
      entry.compressionMethod === 0 ? stored : pipeline(stored, createInflateRaw({ chunkSize: CHUNK_BYTES }), () => {});
    const name = `${entry.fileName} in ${basename(path)}`;
    const report = createProgressReporter(onProgress, {
      label: `read ${basename(path)}`,
      total: entry.uncompressedSize,
      unit: 'bytes',
    });
    const chunks = closeAfter(zip, reportChunks(verifyChunks(inflated, path, entry), report, signal));
    return { name, bytes: entry.uncompressedSize, chunks };
  } catch (error) {
    zip.close();
    throw error instanceof RecsysError ? error : failDamaged(path, error);
  }
}

async function getFileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    throw new RecsysError(
      'missing-file',
      `${basename(path)}: expected a file at ${path}, received none. Check the path.`,
      { cause },
    );
  }
}

/** Reads the whole text of a small file. */
export async function readText(file: SourceFile, encoding: 'utf-8' | 'latin1'): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.chunks) chunks.push(chunk);
  return Buffer.concat(chunks).toString(encoding);
}

/** Reads the text of a file in pieces. A character whose bytes lie in two chunks is decoded correctly. */
export async function* readTexts({ chunks }: SourceFile): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
}

/** Reads the lines of a file, without line ends. */
export async function* readLines(file: SourceFile): AsyncGenerator<string> {
  let rest = '';
  for await (const text of readTexts(file)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest;
}

async function findEntry(zip: ZipFile, fileName: string, path: string): Promise<Entry> {
  const names: string[] = [];
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === fileName || entry.fileName.endsWith(`/${fileName}`)) return entry;
    names.push(entry.fileName);
  }
  throw new RecsysError(
    'missing-file',
    `${basename(path)}: expected an archive with ${fileName}, ` +
      `received one with ${names.join(', ') || 'nothing in it'}. Is ${path} the original archive?`,
  );
}

/** Passes chunks on; throws `damaged-archive` if they cannot be read, or if the checksum of the entry differs. */
async function* verifyChunks(
  stream: AsyncIterable<Uint8Array>,
  path: string,
  entry?: Entry,
): AsyncGenerator<Uint8Array> {
  let checksum = 0;
  try {
    for await (const chunk of stream) {
      if (entry) checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (cause) {
    failDamaged(path, cause);
  }
  if (entry && checksum !== entry.crc32) failDamaged(path, `the checksum of ${entry.fileName} differs`);
}

/** Passes chunks on and reports progress; throws if the signal is aborted. */
async function* reportChunks(
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

async function* closeAfter(zip: ZipFile, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } finally {
    zip.close();
  }
}

function failDamaged(path: string, cause: unknown): never {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
  throw new RecsysError(
    'damaged-archive',
    `${basename(path)}: expected a whole archive, received one that is cut off or damaged (${reason}). ` +
      `Put an undamaged copy at ${path}, or delete it so that it is downloaded again.`,
    { cause },
  );
}
