import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { shortHash } from '@footlight/core';
import { writeFileAtomically } from '@footlight/core/files';
import envPaths from 'env-paths';
import type { Archive, ArchiveUse } from '../types.js';

/** Size in bytes from which checksums are remembered: that of a smaller file is computed in a moment. */
const REMEMBERED_BYTES = 1 << 23;

/** Compares the checksum of a file with those that are known of the archive. */
export async function checkArchive(
  path: string,
  { checksum, bundledChecksum }: Pick<Archive, 'checksum' | 'bundledChecksum'>,
): Promise<ArchiveUse> {
  const fileName = basename(path);
  if (checksum === undefined) return { fileName, checksum: 'unknown' };
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

/**
 * The checksum of a file. That of a large file is remembered in the cache folder of the platform until its size or time
 * of change differ; the folder of the archives may be read-only.
 */
async function findChecksum(path: string, like: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  if (size < REMEMBERED_BYTES) return computeChecksum(path, like);
  const folder = join(envPaths('footlight', { suffix: '' }).cache, 'checksums');
  const [algorithm] = like.split(':');
  const memory = join(folder, shortHash(`${algorithm} ${size} ${mtimeMs} ${resolve(path)}`));
  const remembered = await readFile(memory, 'utf8').catch(() => '');
  if (remembered.startsWith(`${algorithm}:`)) return remembered;
  const checksum = await computeChecksum(path, like);
  await writeFileAtomically(memory, checksum).catch(() => {}); // it is computed again next time
  return checksum;
}
