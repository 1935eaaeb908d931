import { invalid } from '@footlight/core';
import type { StoredFile } from './types.js';
import { holdWebLock } from './web-lock.js';
import { failToRead, failToStore } from './web-storage-errors.js';

/**
 * File in the origin private file system of a browser: for checkpoints and saved models of a page or a worker.
 *
 * The browser writes to a second file, which replaces the first when it is whole. The files belong to the site; the
 * browser may delete them when space is scarce, unless `navigator.storage.persist()` was granted.
 *
 * @param path names with `/` between them; folders are created
 * @throws {RecsysError} `invalid-argument` for a path with `.` or `..`, and, from its functions, where the browser
 *   lacks the file system
 * @example
 * await runExperiment(experiment, { checkpoint: opfsFile('runs/talk.safetensors'), resume: true });
 */
export function opfsFile(path: string): StoredFile {
  const folders = path.split('/');
  if (folders.some((name) => name === '' || name === '.' || name === '..'))
    invalid('opfsFile(path)', 'names with / between them', JSON.stringify(path), "Try 'runs/talk.safetensors'.");
  const name = folders.pop()!;
  const location = `opfs:${path}`;
  return {
    name,
    location,
    async read() {
      try {
        const file = await (await (await openFolder(location, folders, false)).getFileHandle(name)).getFile();
        // a page that ends while it writes the first content leaves an empty file
        return file.size === 0 ? undefined : new Uint8Array(await file.arrayBuffer());
      } catch (cause) {
        return isMissing(cause) ? undefined : failToRead(name, location, cause);
      }
    },
    async write(pieces) {
      const folder = await openFolder(location, folders, true);
      try {
        await replaceContent(await folder.getFileHandle(name, { create: true }), pieces);
      } catch (cause) {
        failToStore(location, cause);
      }
    },
    async remove() {
      try {
        await (await openFolder(location, folders, false)).removeEntry(name);
      } catch (cause) {
        if (!isMissing(cause)) throw cause;
      }
    },
    lock: (work) => holdWebLock(location, work),
    withEnding: (ending) => opfsFile(path + ending),
  };
}

async function openFolder(
  location: string,
  names: readonly string[],
  create: boolean,
): Promise<FileSystemDirectoryHandle> {
  const storage = globalThis.navigator?.storage;
  if (!storage?.getDirectory || !('createWritable' in FileSystemFileHandle.prototype))
    invalid(
      location,
      'a browser with an origin private file system that can be written, on a page from https or localhost',
      'none',
      'Try indexedDbFile.',
    );
  let folder = await storage.getDirectory();
  for (const name of names) folder = await folder.getDirectoryHandle(name, { create });
  return folder;
}

async function replaceContent(handle: FileSystemFileHandle, pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
  const writable = await handle.createWritable();
  try {
    for (const piece of pieces) await writable.write(piece);
    await writable.close();
  } catch (cause) {
    await writable.abort().catch(() => {}); // it may have ended by itself
    throw cause;
  }
}

const isMissing = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'NotFoundError';
