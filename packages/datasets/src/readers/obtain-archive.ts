import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { RecsysError } from '@footlight/core';
import envPaths from 'env-paths';
import type { LoadOptions } from '../types.js';
import { createProgressReporter, type ReportProgress } from './progress-reporter.js';

/** A file that somebody publishes. */
export interface Archive {
  /** Its official name, under which it lies in the folder of the archives. */
  readonly fileName: string;
  /** Absent: it cannot be downloaded. */
  readonly url?: string;
  /** `md5:…` or `sha256:…`, where its publisher or several independent users state it. Checked on every download. */
  readonly checksum?: string;
  /** Who may use it for what, for the error that asks to fetch it by hand. */
  readonly terms?: string;
}

export interface RetryOptions {
  /** Attempts in a row that bring no byte before the download is given up. */
  readonly attempts: number;
  /** Pause before the second attempt, in milliseconds; doubled before each further one. */
  readonly milliseconds: number;
}

type ObtainOptions = Pick<LoadOptions, 'directory' | 'onProgress' | 'signal'>;

/** The folder of the archives: the one given, else `FOOTLIGHT_DATA`, else the platform's cache folder. */
export function resolveArchiveDirectory(directory?: string): string {
  return directory ?? (process.env.FOOTLIGHT_DATA || envPaths('footlight', { suffix: '' }).cache);
}

/**
 * The path of an archive: one that is already in the folder is used as it is, else it is downloaded once.
 *
 * What arrives goes into `<name>.part`, which a later call continues if the server's file is still the same, and gets its official name
 * only when it is whole and its checksum right. So a name in the folder always stands for a whole file.
 *
 * @throws {RecsysError} `download-failed` (with what to put where), `wrong-checksum` or `disk-full`; the folder is left as it was, but
 *   for the part that can be continued
 */
export async function obtainArchive(
  archive: Archive,
  { directory, onProgress, signal }: ObtainOptions,
  patience: RetryOptions = { attempts: 4, milliseconds: 500 },
): Promise<string> {
  const path = join(resolveArchiveDirectory(directory), archive.fileName);
  if (existsSync(path)) return path;
  const { url } = archive;
  if (url === undefined) return failDownload(archive, path);
  signal?.throwIfAborted();
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.part`;
  const report = createProgressReporter(onProgress, { label: `download ${archive.fileName}`, unit: 'bytes' });
  await downloadWithRetries(url, partial, patience, report, signal).catch((cause) => {
    signal?.throwIfAborted();
    return isDiskFull(cause) ? failDiskFull(path, cause) : failDownload(archive, path, cause);
  });
  if (archive.checksum) await verify(partial, archive.checksum, path, url);
  await rename(partial, path);
  await removePartial(partial, false);
  return path;
}

async function downloadWithRetries(
  url: string,
  partial: string,
  { attempts, milliseconds }: RetryOptions,
  report: ReportProgress,
  signal: AbortSignal | undefined,
): Promise<void> {
  let before = await getFileSize(partial);
  for (let failures = 0; ; ) {
    try {
      return await download(url, partial, report, signal);
    } catch (error) {
      if (signal?.aborted || isDiskFull(error) || error instanceof RefusedError) throw error;
      const arrived = await getFileSize(partial);
      failures = arrived > before ? 1 : failures + 1;
      before = arrived;
      if (failures >= attempts) throw error;
      await wait(milliseconds * 2 ** (failures - 1), undefined, signal && { signal });
    }
  }
}

/** The server has answered that it will not hand the file out: asking again is no use. */
class RefusedError extends Error {}

/** One request: the whole file, or what a former one has left. */
async function download(
  url: string,
  partial: string,
  report: ReportProgress,
  signal: AbortSignal | undefined,
): Promise<void> {
  const begun = await readPartial(partial);
  const response = await fetch(url, {
    headers: {
      'accept-encoding': 'identity',
      ...(begun && { range: `bytes=${begun.bytes}-`, 'if-range': begun.version }),
    },
    ...(signal && { signal }),
  });
  if (response.status === 416) await removePartial(partial, true); // the part is longer than the file: begin anew
  if (!response.ok || !response.body) {
    const final = response.status < 500 && ![408, 416, 429].includes(response.status);
    throw new (final ? RefusedError : Error)(`the server answered ${response.status} ${response.statusText}`.trim());
  }
  const continues = response.status === 206 && begun !== undefined;
  const from = continues ? begun.bytes : 0;
  if (!continues) await saveVersion(partial, response.headers);
  const length = response.headers.get('content-length');
  const total = length === null ? undefined : from + Number(length);
  await pipeline(
    response.body as unknown as AsyncIterable<Uint8Array>, // the DOM's types do not know that it can be iterated
    async function* counted(chunks: AsyncIterable<Uint8Array>) {
      let done = from;
      for await (const chunk of chunks) {
        yield chunk;
        done += chunk.length;
        report(done, done === total, total);
      }
    },
    createWriteStream(partial, { flags: continues ? 'a' : 'w' }),
    signal ? { signal } : {},
  );
  const arrived = await getFileSize(partial);
  if (total !== undefined && arrived !== total) throw new Error(`${arrived} of ${total} bytes arrived`);
}

/** What a former download has left, if the server can be asked whether its file is still the same. */
async function readPartial(partial: string): Promise<{ bytes: number; version: string } | undefined> {
  const version = await readFile(toVersionPath(partial), 'utf8').catch(() => '');
  const bytes = await getFileSize(partial);
  return version !== '' && bytes > 0 ? { bytes, version } : undefined;
}

/** A weak ETag says nothing about bytes, and If-Range may not carry one. */
async function saveVersion(partial: string, headers: Headers): Promise<void> {
  const tag = headers.get('etag');
  const version = tag && !tag.startsWith('W/') ? tag : headers.get('last-modified');
  await writeFile(toVersionPath(partial), version ?? '');
}

async function verify(partial: string, checksum: string, path: string, url: string): Promise<void> {
  const [algorithm, expected] = checksum.split(':') as [string, string];
  const hash = createHash(algorithm);
  await pipeline(createReadStream(partial, { highWaterMark: 1 << 20 }), hash);
  const received = hash.digest('hex');
  if (received === expected) return;
  await removePartial(partial, true);
  throw new RecsysError(
    'wrong-checksum',
    `${path}: expected a download with the checksum ${checksum}, received ${algorithm}:${received} from ${url}. The download was deleted: load again, or put the original there.`,
  );
}

function failDownload({ fileName, url, terms }: Archive, path: string, cause?: unknown): never {
  const tried = url ? `${path} or a download from ${url}` : path;
  const advice = url ? `Fetch ${url} where there is a network` : 'It cannot be downloaded: get it from its owners';
  throw new RecsysError(
    'download-failed',
    `${fileName}: expected ${tried}, received ${cause === undefined ? 'no such file' : getReason(cause)}. ${advice} and put it there, or set FOOTLIGHT_DATA to the folder that holds it.${terms ? ` ${terms}` : ''}`,
    { cause },
  );
}

async function failDiskFull(path: string, cause: unknown): Promise<never> {
  await removePartial(`${path}.part`, true);
  throw new RecsysError(
    'disk-full',
    `${path}: expected room for the download, received ${getReason(cause)}. What had arrived was deleted; make room, or set FOOTLIGHT_DATA to a folder on another disk.`,
    { cause },
  );
}

async function removePartial(partial: string, content: boolean): Promise<void> {
  await rm(toVersionPath(partial), { force: true });
  if (content) await rm(partial, { force: true });
}

function toVersionPath(partial: string): string {
  return `${partial}.version`;
}

async function getFileSize(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** `fetch failed` hides what failed in its cause. */
function getReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.message || (cause as NodeJS.ErrnoException).code || cause.name;
}
