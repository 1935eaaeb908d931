import { readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { removeTemporaryFiles, writeFileAtomically, writePart } from '@footlight/core/files';
import type { ReportProgress } from './progress-reporter.js';

export interface RetryOptions {
  /** Attempts in a row that bring no byte before the download fails. */
  readonly attempts: number;
  /** Pause before the second attempt, in milliseconds; it is doubled before each further one. */
  readonly milliseconds: number;
}

/**
 * Downloads a file to `partial`, or the rest of it if an earlier download was interrupted and the file on the server
 * has not changed.
 *
 * The version of the file (ETag or date) is kept beside it; see `removePartial`.
 *
 * @returns whether the server said where the file ends, so that a cut connection was noticed
 */
export async function downloadFile(
  url: string,
  partial: string,
  { attempts, milliseconds }: RetryOptions,
  report: ReportProgress,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  let before = await getFileSize(partial);
  for (let failures = 0; ; ) {
    try {
      return await requestFile(url, partial, report, signal);
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

/** The server has refused to send the file, so that further attempts would fail as well. */
class RefusedError extends Error {}

/** One request: for the whole file, or for what an earlier one has left. */
async function requestFile(
  url: string,
  partial: string,
  report: ReportProgress,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const earlier = await readPartial(partial);
  const response = await fetch(url, {
    headers: {
      'accept-encoding': 'identity',
      ...(earlier && { range: `bytes=${earlier.bytes}-`, 'if-range': earlier.version }),
    },
    ...(signal && { signal }),
  });
  if (response.status === 416) await removePartial(partial, true); // the part is longer than the file: start again
  if (!response.ok || !response.body) {
    const final = response.status < 500 && ![408, 416, 429].includes(response.status);
    throw new (final ? RefusedError : Error)(`the server answered ${response.status} ${response.statusText}`.trim());
  }
  const encoding = response.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw new RefusedError(`the file in the encoding ${encoding}, which was not requested`);
  const continues = response.status === 206;
  const from = continues ? (earlier?.bytes ?? 0) : 0;
  const length = response.headers.get('content-length');
  const range = continues ? parseRange(response.headers.get('content-range')) : undefined;
  const total = range?.total ?? (length === null ? undefined : from + Number(length));
  const isWrong = range?.from !== from || (length !== null && Number(length) !== range.total - from);
  if (continues && (!earlier || isWrong)) {
    await response.body.cancel();
    await removePartial(partial, true); // the next attempt requests the whole file
    const received = response.headers.get('content-range') ?? 'no range';
    throw new Error(`${received} of ${length ?? 'unknown'} bytes instead of the bytes from ${from} on`);
  }
  if (!continues) await saveVersion(partial, response.headers);
  async function* reportChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let done = from;
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      yield chunk;
      done += chunk.length;
      report(done, done === total, total);
    }
  }
  const body = response.body as unknown as AsyncIterable<Uint8Array>; // the types of the DOM lack its async iterator
  await writePart(partial, reportChunks(body), continues);
  const arrived = await getFileSize(partial);
  if (total !== undefined && arrived !== total) throw new Error(`${arrived} of ${total} bytes arrived`);
  if (arrived === 0) throw new Error('an empty file');
  return total !== undefined || response.headers.get('transfer-encoding') === 'chunked';
}

/** The first byte of a range to the end of the file, and the size of the file; `undefined` for any other range. */
function parseRange(header: string | null): { readonly from: number; readonly total: number } | undefined {
  const [, from, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header ?? '') ?? [];
  if (total === undefined || Number(last) + 1 !== Number(total)) return undefined;
  return { from: Number(from), total: Number(total) };
}

/** Size and version of what an earlier download has left, if it can be continued. */
async function readPartial(partial: string): Promise<{ bytes: number; version: string } | undefined> {
  const version = await readFile(toVersionPath(partial), 'utf8').catch(() => '');
  const bytes = await getFileSize(partial);
  return version !== '' && bytes > 0 ? { bytes, version } : undefined;
}

/** A weak ETag does not identify the bytes, and If-Range does not allow one. */
async function saveVersion(partial: string, headers: Headers): Promise<void> {
  const tag = headers.get('etag');
  const version = tag && !tag.startsWith('W/') ? tag : headers.get('last-modified');
  await rm(partial, { force: true }); // bytes of another version must not be continued as those of this one
  await writeFileAtomically(toVersionPath(partial), version ?? '');
}

/** Deletes the version of an interrupted download, and with `content` the download as well. */
export async function removePartial(partial: string, content: boolean): Promise<void> {
  await rm(toVersionPath(partial), { force: true });
  if (content) await rm(partial, { force: true });
}

/** Deletes what a process has left that was killed while it wrote the version; for the holder of the lock. */
export async function removeUnwrittenVersion(partial: string): Promise<void> {
  await removeTemporaryFiles(toVersionPath(partial));
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

export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '') || isDiskFull(error.cause);
}
