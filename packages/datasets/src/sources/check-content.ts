import { computeDigest } from '#platform/readers/decompress';
import { type FileLocation, getFileName, openLocation } from '../readers/file-location.js';
import type { Archive, ArchiveUse } from '../types.js';

/** Compares the checksum of an archive in memory with those that are known of it. */
export async function checkContent(
  location: FileLocation,
  { checksum = '', bundledChecksum = '' }: Pick<Archive, 'checksum' | 'bundledChecksum'>,
): Promise<ArchiveUse> {
  const known = [
    ['published', checksum],
    ['bundled', bundledChecksum],
  ] as const;
  let isCompared = false;
  for (const [name, expected] of known) {
    const [algorithm, digest] = expected.split(':');
    if (digest === undefined) continue;
    const received = await computeDigest((await openLocation(location)).stream(), algorithm!);
    if (received === digest) return { fileName: getFileName(location), checksum: name };
    isCompared ||= received !== undefined;
  }
  return { fileName: getFileName(location), checksum: isCompared ? 'other' : 'unknown' };
}
