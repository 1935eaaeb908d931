import { invalid } from '@footlight/core';
import type { StoredFile } from './types.js';

/**
 * Refuses a path: browsers open none.
 *
 * @throws {RecsysError} `invalid-argument`, always
 */
export function diskFile(path: string): StoredFile {
  return invalid(
    'path',
    'a Blob or a stored file',
    `the path ${path}`,
    'Browsers open no paths: read a Blob, or store with opfsFile, indexedDbFile or memoryFile.',
  );
}
