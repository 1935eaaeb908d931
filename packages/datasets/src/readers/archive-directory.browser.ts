import { invalid } from '@footlight/core';

/** Refuses to name a folder of archives: browsers have none. */
export function resolveArchiveDirectory(_directory?: string): string {
  return invalid('resolveArchiveDirectory', 'Node', 'a browser', 'Pass files as `file` instead.');
}
