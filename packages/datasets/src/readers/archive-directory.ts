import { findCacheFolder } from '@footlight/core/files';

/**
 * The folder of the downloaded archives: the given one, else `FOOTLIGHT_DATA`, else the cache folder of the platform.
 */
export function resolveArchiveDirectory(directory?: string): string {
  return directory ?? (process.env.FOOTLIGHT_DATA || findCacheFolder('footlight'));
}
