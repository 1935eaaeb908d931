import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RecsysError } from '@footlight/core';

let temporaryFiles = 0;

/**
 * Writes a file atomically: to a temporary name in the same folder, then to the disk, then renamed. A reader sees the
 * old file or the new file, never a part of it. Missing folders are created.
 *
 * @throws {RecsysError} `write-failed`, e.g. if the disk is full; an earlier file at `path` is then unchanged
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array | readonly Uint8Array[],
): Promise<void> {
  const chunks = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  const temporary = `${path}.${process.pid}.${++temporaryFiles}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'w');
    try {
      for (const chunk of chunks) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to report
    throw new RecsysError(
      'write-failed',
      `footlight: could not write ${path}: ${(cause as Error).message}. An earlier file of this name is unchanged.`,
      { cause },
    );
  }
}
