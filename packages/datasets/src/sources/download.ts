import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { RecsysError } from '@footlight/core';
import envPaths from 'env-paths';
import type { LoadOptions } from '../types.js';

/** A file that somebody publishes. */
export interface Archive {
  /** Its official name, under which it lies in the folder of the archives. */
  readonly fileName: string;
  /** Absent: it cannot be downloaded. */
  readonly url?: string;
  /** `md5:…` or `sha256:…`, where its publisher or several independent users state it. Checked on every download. */
  readonly checksum?: string;
}

/** The folder of the archives: the one given, else `FOOTLIGHT_DATA`, else the platform's cache folder. */
export function archiveDirectory(directory?: string): string {
  return directory ?? (process.env.FOOTLIGHT_DATA || envPaths('footlight', { suffix: '' }).cache);
}

export async function obtainArchive(archive: Archive, options: Pick<LoadOptions, 'directory' | 'onProgress' | 'signal'>): Promise<string> {
  const path = join(archiveDirectory(options.directory), archive.fileName);
  try {
    await access(path);
    return path;
  } catch {
    throw new RecsysError('download-failed', `${archive.fileName}: expected ${path}. Put it there; it comes from ${archive.url}.`);
  }
}
