import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { RecsysError } from '@footlight/core';

/**
 * Checks that what is read whole has an end: devices and pipes may have none. Folders are left to the reader.
 *
 * @throws {RecsysError} `file-damaged`
 */
export function assertRegularFile(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats || stats.isFile() || stats.isDirectory()) return;
  throw new RecsysError(
    'file-damaged',
    `${basename(path)}: expected a file that Footlight wrote, received a device or a pipe. Copy its content to a file.`,
  );
}
