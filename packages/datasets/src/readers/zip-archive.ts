import { RecsysError } from '@footlight/core';
import { inflateRaw } from '#platform/readers/decompress';
import { limitExpansion } from './file-limits.js';
import { describePlace, type FileLocation, getFileName, openLocation } from './file-location.js';
import { createProgressReporter } from './progress-reporter.js';
import type { RandomAccess } from './random-access.js';
import { failDamaged, type ReadOptions, reportChunks, type SourceFile, verifyChunks } from './source-file.js';
import { findContent, readZipDirectory, type ZipEntry } from './zip-directory.js';

/**
 * Opens one file of a zip archive, by its name without folders. Its checksum (CRC-32) is verified at the end.
 *
 * @throws {RecsysError} `damaged-archive` if the archive is cut off or a checksum differs, `missing-file` if it holds
 *   no such file
 */
export async function openZipEntry(
  location: FileLocation,
  fileName: string,
  options: ReadOptions = {},
): Promise<SourceFile> {
  return openEntry(location, options, (entries) => findEntry(entries, fileName, location));
}

/**
 * Opens the only file of a zip archive, as `openZipEntry` does.
 *
 * @throws {RecsysError} `invalid-data` if it holds several files or none, or is a workbook
 */
export async function openOnlyZipEntry(location: FileLocation, options: ReadOptions = {}): Promise<SourceFile> {
  return openEntry(location, options, (entries) => findOnlyEntry(entries, location));
}

async function openEntry(
  location: FileLocation,
  { onProgress, signal, limits, isOwn = false }: ReadOptions,
  find: (entries: readonly ZipEntry[]) => ZipEntry,
): Promise<SourceFile> {
  const archive = getFileName(location);
  try {
    const zip = await openLocation(location);
    const entry = find(await readZipDirectory(zip));
    const content = await readZipEntry(zip, entry, location, isOwn);
    const name = `${entry.fileName} in ${archive}`;
    const report = createProgressReporter(onProgress, {
      label: `read ${archive}`,
      total: entry.uncompressedSize,
      unit: 'bytes',
    });
    const limited = limitExpansion(content, name, entry.compressedSize, limits);
    return { name, bytes: entry.uncompressedSize, chunks: reportChunks(limited, report, signal), limits };
  } catch (error) {
    throw error instanceof RecsysError ? error : failDamaged(location, error, isOwn);
  }
}

/** The content of an entry; its checksum is verified at the end. */
export async function readZipEntry(
  zip: RandomAccess,
  entry: ZipEntry,
  location: FileLocation,
  isOwn = false,
): Promise<AsyncGenerator<Uint8Array>> {
  assertReadable(entry, location);
  const start = await findContent(zip, entry);
  const stored = zip.stream(start, start + entry.compressedSize);
  return verifyChunks(entry.compressionMethod === 0 ? stored : inflateRaw(stored), location, { entry, isOwn });
}

/** Throws if the entry is encrypted, or compressed with another method than deflate. */
function assertReadable(
  { fileName, generalPurposeBitFlag, compressionMethod }: ZipEntry,
  location: FileLocation,
): void {
  const isEncrypted = (generalPurposeBitFlag & 1) === 1;
  if (!isEncrypted && (compressionMethod === 0 || compressionMethod === 8)) return;
  throw new RecsysError(
    'invalid-data',
    `${getFileName(location)}: expected a zip archive without password, with the usual compression (deflate), ` +
      `received ${isEncrypted ? 'an encrypted' : `a differently compressed (method ${compressionMethod})`} ` +
      `${fileName}. Unpack it, and name the file itself.`,
  );
}

function findEntry(entries: readonly ZipEntry[], fileName: string, location: FileLocation): ZipEntry {
  const found = entries.find((entry) => entry.fileName === fileName || entry.fileName.endsWith(`/${fileName}`));
  if (found) return found;
  const names = entries.map((entry) => entry.fileName);
  throw new RecsysError(
    'missing-file',
    `${getFileName(location)}: expected an archive with ${fileName}, ` +
      `received one with ${names.join(', ') || 'nothing in it'}. Is ${describePlace(location)} the original archive?`,
  );
}

function findOnlyEntry(entries: readonly ZipEntry[], location: FileLocation): ZipEntry {
  const fail = (received: string, hint: string): never => {
    throw new RecsysError(
      'invalid-data',
      `${getFileName(location)}: expected a zip archive with one file, received ${received}. ${hint}`,
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
