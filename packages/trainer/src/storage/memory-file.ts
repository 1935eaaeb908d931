import { failToLock } from './fail-to-lock.js';
import type { StoredFile } from './types.js';

let count = 0;

/**
 * File in memory: for a checkpoint that the program itself stores, downloads or uploads.
 *
 * @param content what it contains at first, e.g. a checkpoint that the user of a page has chosen. Default: nothing
 * @example
 * const checkpoint = memoryFile();
 * await runExperiment(experiment, { checkpoint, signal }).catch(console.warn); // aborted
 * const blob = new Blob([(await checkpoint.read())!]);
 * await runExperiment(experiment, { checkpoint: memoryFile(blob), resume: true });
 */
export function memoryFile(content?: Blob): StoredFile {
  const name = content && 'name' in content && typeof content.name === 'string' ? content.name : 'blob';
  return createMemoryFile(name, content);
}

function createMemoryFile(name: string, content: Blob | undefined): StoredFile {
  const location = `${name} in memory (${++count})`;
  const others = new Map<string, StoredFile>();
  let stored = content;
  let isLocked = false;
  return {
    name,
    location,
    read: async () => stored && new Uint8Array(await stored.arrayBuffer()),
    async write(pieces) {
      stored = new Blob([...pieces]);
    },
    async remove() {
      stored = undefined;
    },
    async lock(work) {
      if (isLocked) failToLock(location, 'another one');
      isLocked = true;
      try {
        return await work();
      } finally {
        isLocked = false;
      }
    },
    withEnding(ending) {
      const other = others.get(ending) ?? createMemoryFile(name + ending, undefined);
      others.set(ending, other);
      return other;
    },
  };
}
