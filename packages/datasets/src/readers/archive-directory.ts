import envPaths from 'env-paths';

/**
 * The folder of the downloaded archives: the given one, else `FOOTLIGHT_DATA`, else the cache folder of the platform.
 */
export function resolveArchiveDirectory(directory?: string): string {
  return directory ?? (process.env.FOOTLIGHT_DATA || envPaths('footlight', { suffix: '' }).cache);
}
