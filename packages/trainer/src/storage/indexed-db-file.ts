import { invalid } from '@footlight/core';
import type { StoredFile } from './types.js';
import { holdWebLock } from './web-lock.js';
import { failToRead, failToStore } from './web-storage-errors.js';

export interface IndexedDbFileOptions {
  /** Name of the database, which has the files of Footlight alone. Default `footlight`. */
  readonly database?: string;
}

/**
 * File in a database (IndexedDB) of a browser: for checkpoints and saved models where `opfsFile` is not supported.
 *
 * The files belong to the site; the browser may delete them when space is scarce, unless `navigator.storage.persist()`
 * was granted.
 *
 * @throws {RecsysError} `invalid-argument` without a name, and, from its functions, where the browser lacks IndexedDB
 * @example
 * await saveArtifact(indexedDbFile('model.safetensors'), recommender, { model });
 */
export function indexedDbFile(name: string, { database = 'footlight' }: IndexedDbFileOptions = {}): StoredFile {
  if (name === '') invalid('indexedDbFile(name)', 'a name', 'none', "Try 'talk.safetensors'.");
  const location = `indexeddb:${database}/${name}`;
  return {
    name,
    location,
    async read() {
      try {
        const stored = await transact<Blob | undefined>(location, database, 'readonly', (store) => store.get(name));
        return stored && new Uint8Array(await stored.arrayBuffer());
      } catch (cause) {
        return failToRead(name, location, cause);
      }
    },
    async write(pieces) {
      const content = new Blob([...pieces]);
      await transact(location, database, 'readwrite', (store) => store.put(content, name)).catch((cause) =>
        failToStore(location, cause),
      );
    },
    async remove() {
      await transact(location, database, 'readwrite', (store) => store.delete(name));
    },
    lock: (work) => holdWebLock(location, work),
    withEnding: (ending) => indexedDbFile(name + ending, { database }),
  };
}

/** The store of the database that has the files. */
const STORE = 'files';

/** Does one request in a transaction of its own. @returns its result, when it is on the disk */
async function transact<T>(
  location: string,
  database: string,
  mode: IDBTransactionMode,
  request: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await openDatabase(location, database);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(STORE, mode, { durability: 'strict' });
      const made = request(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(made.result);
      transaction.onabort = () => reject(transaction.error ?? made.error);
    });
  } finally {
    db.close();
  }
}

async function openDatabase(location: string, database: string): Promise<IDBDatabase> {
  if (!globalThis.indexedDB) invalid(location, 'a browser with IndexedDB', 'none', 'In Node, pass a path.');
  const opening = indexedDB.open(database, 1);
  return new Promise((resolve, reject) => {
    opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
