import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failToWrite } from './open-file-writer.js';
import { createSystemError, findStats, resolveTarget } from './resolve-target.js';

/**
 * Checks that a file can be written, before the work that it is to hold: that it is no folder, and that its folder, or
 * the nearest one that exists, may be written to. Creates nothing.
 *
 * @throws {RecsysError} `write-failed`
 */
export async function assertWritable(path: string): Promise<void> {
  await checkFolder(path).catch((cause) => failToWrite(path, cause, false));
}

async function checkFolder(path: string): Promise<void> {
  const target = await resolveTarget(path);
  if (target.kind === 'device') return access(target.path, constants.W_OK);
  if (target.kind === 'descriptor') return;
  let folder = dirname(target.path);
  let found = await findStats(folder);
  while (!found && dirname(folder) !== folder) {
    folder = dirname(folder);
    found = await findStats(folder);
  }
  if (found && !found.isDirectory()) throw createSystemError('ENOTDIR', `${folder} is no folder`);
  await access(folder, constants.W_OK | constants.X_OK);
}
