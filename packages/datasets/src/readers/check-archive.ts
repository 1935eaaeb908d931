import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { shortHash } from '@footlight/core';
import { findCacheFolder, writeFileAtomically } from '@footlight/core/files';
import type { Archive, ArchiveUse } from '../types.js';

/** Size in bytes from which checksums are remembered: that of a smaller file is computed in a moment. */
const REMEMBERED_BYTES = 1 << 23;

/** Compares the checksum of a file with those that are known of the archive. */
export async function checkArchive(
  path: string,
  { checksum, bundledChecksum }: Pick<Archive, 'checksum' | 'bundledChecksum'>,
): Promise<ArchiveUse> {
  const fileName = basename(path);
  if (checksum === undefined) {
    const recorded = await readRecord(path);
    const isSame = recorded === undefined || (await findChecksum(path, recorded)) === recorded;
    return { fileName, checksum: isSame ? 'unknown' : 'other' };
  }
  if ((await findChecksum(path, checksum)) === checksum) return { fileName, checksum: 'published' };
  const isBundled = bundledChecksum !== undefined && (await findChecksum(path, bundledChecksum)) === bundledChecksum;
  return { fileName, checksum: isBundled ? 'bundled' : 'other' };
}

/** The checksum of a file, computed with the algorithm of another one: `md5:…` or `sha256:…`. */
export async function computeChecksum(path: string, like: string): Promise<string> {
  const [algorithm] = like.split(':') as [string];
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return `${algorithm}:${hash.digest('hex')}`;
}

/** Where the checksum of a download is recorded if its publisher states none. */
export const toRecordPath = (path: string): string => `${path}.sha256`;

/** The checksum of the first download of a file, as it was recorded beside it. */
export async function readRecord(path: string): Promise<string | undefined> {
  const record = await readFile(toRecordPath(path), 'utf8').catch(() => '');
  const [, checksum] = /^([0-9a-f]{64}) /m.exec(record) ?? [];
  return checksum && `sha256:${checksum}`;
}

/** Records the checksum of a first download, in words and as `sha256sum --check` reads it. */
export async function writeRecord(path: string, checksum: string, url: string): Promise<void> {
  const lines = [
    `# ${basename(path)} as it was first downloaded from ${url}, ${new Date().toISOString().slice(0, 10)}.`,
    '# Its publisher states no checksum, so a later download has to equal this one.',
    '# Delete this file to accept another one.',
    `${checksum.slice('sha256:'.length)}  ${basename(path)}`,
  ];
  await writeFileAtomically(toRecordPath(path), `${lines.join('\n')}\n`);
}

/** Where checksums are remembered; nowhere for a user without a home folder. */
function findMemoryFolder(): string | undefined {
  try {
    return join(findCacheFolder('footlight'), 'checksums');
  } catch {
    return undefined;
  }
}

/**
 * The checksum of a file. That of a large file is remembered in the cache folder of the platform until its size or time
 * of change differ; the folder of the archives may be read-only.
 */
async function findChecksum(path: string, like: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  if (size < REMEMBERED_BYTES) return computeChecksum(path, like);
  const folder = findMemoryFolder();
  if (folder === undefined) return computeChecksum(path, like);
  const [algorithm] = like.split(':');
  const memory = join(folder, shortHash(`${algorithm} ${size} ${mtimeMs} ${resolve(path)}`));
  const remembered = await readFile(memory, 'utf8').catch(() => '');
  if (remembered.startsWith(`${algorithm}:`)) return remembered;
  const checksum = await computeChecksum(path, like);
  await writeFileAtomically(memory, checksum).catch(() => {}); // it is computed again next time
  return checksum;
}
