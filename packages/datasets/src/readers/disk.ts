import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { RecsysError } from '@footlight/core';
import type { Inspected, RandomAccess } from './random-access.js';

const CHUNK_BYTES = 1 << 20;

/** The last part of a path. */
export function getBaseName(path: string): string {
  return basename(path);
}

/**
 * The size of a file, and its first four bytes.
 *
 * @throws {RecsysError} `missing-file` if it is none, or cannot be opened
 */
export async function inspectPath(path: string): Promise<Inspected> {
  const place = `${basename(path)}: expected a file at ${path}`;
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const stats = await file.stat();
    if (stats.isDirectory()) throw new RecsysError('missing-file', `${place}, received a folder. Name a file in it.`);
    // A pipe can be read only once.
    if (!stats.isFile()) return { bytes: stats.size, signature: '' };
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return { bytes: stats.size, signature: buffer.toString('latin1', 0, bytesRead) };
  } catch (cause) {
    if (cause instanceof RecsysError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    const received = code === 'ENOENT' ? 'none. Check the path.' : `${code}. May it be opened?`;
    throw new RecsysError('missing-file', `${place}, received ${received}`, { cause });
  } finally {
    await file?.close();
  }
}

/** Reads a file on disk, which is opened for each read. */
export function openPath(path: string, bytes: number): RandomAccess {
  return {
    bytes,
    async read(from, to) {
      const file = await open(path);
      try {
        const buffer = new Uint8Array(Math.max(0, Math.min(to, bytes) - from));
        let length = 0;
        while (length < buffer.length) {
          const { bytesRead } = await file.read(buffer, length, buffer.length - length, from + length);
          if (bytesRead === 0) break;
          length += bytesRead;
        }
        return buffer.subarray(0, length);
      } finally {
        await file.close();
      }
    },
    stream: (from = 0, to = Infinity) =>
      from >= to
        ? emptyStream()
        : createReadStream(path, { highWaterMark: CHUNK_BYTES, ...(from > 0 && { start: from }), end: to - 1 }),
  };
}

async function* emptyStream(): AsyncGenerator<Uint8Array> {}
