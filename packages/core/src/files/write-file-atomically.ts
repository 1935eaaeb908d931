import { openFileWriter } from './open-file-writer.js';

/**
 * Writes a file atomically: to a temporary name in the same folder, then to the disk, then renamed. See
 * `openFileWriter`, which this is in one call.
 *
 * @throws {RecsysError} `write-failed`, e.g. if the disk is full; an earlier file at `path` is then unchanged
 * @example
 * await writeFileAtomically('results.json', JSON.stringify({ mrr: 0.25 }));
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array | readonly Uint8Array[],
): Promise<void> {
  const chunks = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  const writer = await openFileWriter(path);
  try {
    for (const chunk of chunks) await writer.write(chunk);
    await writer.commit();
  } finally {
    await writer.discard();
  }
}
