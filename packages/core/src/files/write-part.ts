import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.js';
import { writeBytes } from './write-bytes.js';

/**
 * Writes chunks as they arrive to a part of a file that a later call may continue, e.g. of a download; what has arrived
 * stays if a chunk fails. `publishPart` gives it its name when it is complete.
 *
 * @param continues whether chunks follow what is there, instead of replacing it
 * @throws errors of the system, and of the chunks
 */
export async function writePart(path: string, chunks: AsyncIterable<Uint8Array>, continues: boolean): Promise<void> {
  const file = await open(path, continues ? 'a' : 'w');
  try {
    for await (const chunk of chunks) await writeBytes(file, chunk);
    await file.sync();
  } catch (error) {
    await file.close().catch(() => {}); // the first error is the one to report
    throw error;
  }
  await file.close();
}

/** Gives a complete part the name of its file, also on the disk. */
export async function publishPart(part: string, path: string): Promise<void> {
  await rename(part, path);
  await syncFolder(dirname(path));
}
