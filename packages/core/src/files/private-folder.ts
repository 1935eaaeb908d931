import { lstatSync, type Stats } from 'node:fs';
import { RecsysError } from '../error.js';
import { createFolder } from './create-folder.js';

/**
 * Checks that a folder is private, so that no other user of the machine can have put anything into it that is run or
 * read: it is a folder and no symbolic link, it belongs to this user or to root, and others may not write to it. On
 * Windows, where users have folders of their own, it only has to be a folder.
 *
 * @throws {RecsysError} `unsafe-folder`
 */
export function assertPrivateFolder(path: string): void {
  const problem = findProblem(lstatSync(path));
  if (problem !== undefined)
    throw new RecsysError(
      'unsafe-folder',
      `${path}: expected a folder of this user that no other can write to, received ${problem}. ` +
        'Correct its owner and permissions (chmod go-w), delete it, or choose another one.',
    );
}

/**
 * Creates a folder that only this user can read and write, or checks one that exists.
 *
 * @throws {RecsysError} `unsafe-folder`, see `assertPrivateFolder`; `write-failed` if it cannot be created
 */
export function createPrivateFolder(path: string): void {
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })) createFolder(path, { mode: 0o700 });
  } catch (cause) {
    throw new RecsysError(
      'write-failed',
      `${path}: expected to create the folder, received the error "${(cause as Error).message}". ` +
        'Make its parent folder writable, or choose another one.',
      { cause },
    );
  }
  assertPrivateFolder(path);
}

function findProblem(stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return 'a symbolic link';
  if (!stats.isDirectory()) return 'a file';
  if (process.getuid === undefined) return undefined;
  if (stats.uid !== 0 && stats.uid !== process.getuid()) return `one of user ${stats.uid}`;
  if ((stats.mode & 0o022) !== 0) return `one with the permissions ${(stats.mode & 0o777).toString(8)}`;
  return undefined;
}
