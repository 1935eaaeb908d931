import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { RecsysError } from '@footlight/core';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { limitExpansion } from './file-limits.js';
import { createProgressReporter } from './progress-reporter.js';
import {
  CHUNK_BYTES,
  failDamaged,
  type ReadOptions,
  reportChunks,
  type SourceFile,
  verifyChunks,
} from './source-file.js';

/**
 * Opens one file of a zip archive, by its name without folders. Its checksum (CRC-32) is verified at the end.
 *
 * @throws {RecsysError} `damaged-archive` if the archive is cut off or a checksum differs, `missing-file` if it holds
 *   no such file
 */
export async function openZipEntry(path: string, fileName: string, options: ReadOptions = {}): Promise<SourceFile> {
  return openEntry(path, options, (zip) => findEntry(zip, fileName, path));
}

/**
 * Opens the only file of a zip archive, as `openZipEntry` does.
 *
 * @throws {RecsysError} `invalid-data` if it holds several files or none, or is a workbook
 */
export async function openOnlyZipEntry(path: string, options: ReadOptions = {}): Promise<SourceFile> {
  return openEntry(path, options, (zip) => findOnlyEntry(zip, path));
}

async function openEntry(
  path: string,
  { onProgress, signal, limits, isOwn = false }: ReadOptions,
  find: (zip: ZipFile) => Promise<Entry>,
): Promise<SourceFile> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((cause) =>
    failDamaged(path, cause, isOwn),
  );
  try {
    const entry = await find(zip);
    const content = await readZipEntry(zip, entry, path, isOwn);
    const name = `${entry.fileName} in ${basename(path)}`;
    const report = createProgressReporter(onProgress, {
      label: `read ${basename(path)}`,
      total: entry.uncompressedSize,
      unit: 'bytes',
    });
    const limited = limitExpansion(content, name, entry.compressedSize, limits);
    const chunks = closeAfter(zip, reportChunks(limited, report, signal));
    return { name, bytes: entry.uncompressedSize, chunks, limits };
  } catch (error) {
    zip.close();
    throw error instanceof RecsysError ? error : failDamaged(path, error, isOwn);
  }
}

/** The content of an entry; its checksum is verified at the end. */
export async function readZipEntry(
  zip: ZipFile,
  entry: Entry,
  path: string,
  isOwn = false,
): Promise<AsyncGenerator<Uint8Array>> {
  assertReadable(entry, path);
  const stored = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  const inflated =
    entry.compressionMethod === 0 ? stored : pipeline(stored, createInflateRaw({ chunkSize: CHUNK_BYTES }), () => {});
  return verifyChunks(inflated, path, { entry, isOwn });
}

/** Throws if the entry is encrypted, or compressed with another method than deflate. */
function assertReadable({ fileName, generalPurposeBitFlag, compressionMethod }: Entry, path: string): void {
  const isEncrypted = (generalPurposeBitFlag & 1) === 1;
  if (!isEncrypted && (compressionMethod === 0 || compressionMethod === 8)) return;
  throw new RecsysError(
    'invalid-data',
    `${basename(path)}: expected a zip archive without password, with the usual compression (deflate), received ` +
      `${isEncrypted ? 'an encrypted' : `a differently compressed (method ${compressionMethod})`} ${fileName}. ` +
      'Unpack it, and name the file itself.',
  );
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

async function findOnlyEntry(zip: ZipFile, path: string): Promise<Entry> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  const fail = (received: string, hint: string): never => {
    throw new RecsysError(
      'invalid-data',
      `${basename(path)}: expected a zip archive with one file, received ${received}. ${hint}`,
    );
  };
  const names = entries.map(({ fileName }) => fileName);
  if (names.includes('[Content_Types].xml')) fail('an Office document (.xlsx)', 'Save the sheet as CSV.');
  if (names.includes('META-INF/manifest.xml')) fail('an OpenDocument file (.ods)', 'Save the sheet as CSV.');
  // Directories, and what macOS adds.
  const files = entries.filter(({ fileName }) => !/\/$|^__MACOSX\/|(^|\/)\.DS_Store$/.test(fileName));
  if (files.length !== 1)
    fail(
      files.length === 0 ? 'one with none' : files.map(({ fileName }) => fileName).join(', '),
      'Unpack it, and name the file with the table.',
    );
  return files[0]!;
}

async function* closeAfter(zip: ZipFile, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } finally {
    zip.close();
  }
}
