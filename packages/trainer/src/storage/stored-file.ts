import { invalid, RecsysError } from '@footlight/core';
import { diskFile } from '#platform/storage/disk-file';
import { memoryFile } from './memory-file.js';
import type { StoredFile } from './types.js';

/** Where a file is read from: a path (in Node), its content, or a file in a storage. */
export type FileSource = string | Blob | StoredFile;

/** Where a file is written: a path (in Node), or a file in a storage. */
export type FileTarget = string | StoredFile;

/**
 * The file at a path, or with a content that is there already; a stored file is returned as it is.
 *
 * @throws {RecsysError} `invalid-argument` for a path in a browser, and for something else
 */
export function toStoredFile(source: FileSource): StoredFile {
  if (typeof source === 'string') return diskFile(source);
  if (source instanceof Blob) return memoryFile(source);
  if (typeof source?.read !== 'function')
    invalid(
      'file',
      'a path, a Blob or a stored file',
      typeof source,
      'Wait for it with await: (await fetch(…)).blob().',
    );
  return source;
}

/**
 * Reads a whole file.
 *
 * @throws {RecsysError} `file-not-found`, `read-failed`; `file-damaged` if it is a device
 */
export async function readContent(file: StoredFile): Promise<Uint8Array> {
  const content = await file.read();
  if (content) return content;
  throw new RecsysError(
    'file-not-found',
    `${file.name}: expected a file at ${file.location}, received none. Check the path.`,
  );
}

/** Whether two sources are the same file. */
export function isSameFile(one: FileSource, other: FileSource): boolean {
  return one === other || toStoredFile(one).location === toStoredFile(other).location;
}
