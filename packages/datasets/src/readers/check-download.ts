import { open } from 'node:fs/promises';
import { openLocation } from './file-location.js';
import { identifyContent } from './identify-content.js';
import { openFile } from './source-file.js';
import { readZipEntry } from './zip-archive.js';
import { readZipDirectory } from './zip-directory.js';

/** Names of contents, as `identifyContent` gives them, by the end of the name of a file. */
const EXPECTED: readonly (readonly [end: string, content: string])[] = [
  ['.zip', 'a zip archive'],
  ['.gz', 'a gzip file'],
];

/**
 * Checks that a download whose checksum is not known is a file of the kind that its name says, and whole: archives are
 * read to the end, with their own checksums.
 *
 * @param fileName the name that the file is going to have
 * @param hasEnd whether the server said where the file ends
 * @returns what it is instead, as the rest of a sentence that begins with *received*; `undefined` if it is right
 */
export async function findDownloadProblem(
  partial: string,
  fileName: string,
  hasEnd: boolean,
): Promise<string | undefined> {
  const [, expected] = EXPECTED.find(([end]) => fileName.endsWith(end)) ?? [];
  const content = identifyContent(await readBeginning(partial))?.name;
  if (content !== expected) return content ?? 'another file';
  try {
    if (expected === 'a zip archive') await readZip(partial);
    else if (expected === 'a gzip file') for await (const _ of (await openFile(partial)).chunks);
    else if (!hasEnd) return 'a file whose size the server did not say, so that it may be cut off';
  } catch (error) {
    const { cause = error } = error as Error;
    return `one that is cut off or damaged (${cause instanceof Error ? cause.message : cause})`;
  }
  return undefined;
}

async function readBeginning(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function readZip(path: string): Promise<void> {
  const zip = await openLocation(path);
  for (const entry of await readZipDirectory(zip))
    if (!entry.fileName.endsWith('/')) for await (const _ of await readZipEntry(zip, entry, path));
}
