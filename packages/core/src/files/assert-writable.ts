import { constants } from 'node:fs';
import { access, mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failToWrite } from './open-file-writer.js';
import { createSystemError, findStats, resolveTarget } from './resolve-target.js';
import { createTemporaryPath, holdTemporaryFile, releaseTemporaryFile } from './temporary-files.js';

/**
 * Checks that a file can be written, before the work that it is to hold: that it is no folder, and that its folder, or
 * the nearest one that exists, takes a new file. Permissions do not tell that (those of /proc let root in), so that one
 * is created and deleted again.
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
  if (folder === dirname(target.path)) await createAndDelete(target.path);
  else await rmdir(await mkdtemp(join(folder, '.footlight-')));
}

/** Creates the temporary file through which a file is written. */
async function createAndDelete(path: string): Promise<void> {
  const temporary = createTemporaryPath(path);
  holdTemporaryFile(temporary);
  try {
    await (await open(temporary, 'wx')).close();
    await rm(temporary);
  } finally {
    releaseTemporaryFile(temporary);
  }
}
