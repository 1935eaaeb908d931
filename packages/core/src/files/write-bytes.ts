import { write } from 'node:fs';
import { createSystemError } from './resolve-target.js';

/** What bytes are written to: a file of Node, or the number of an open file. */
export type ByteSink = number | Pick<import('node:fs/promises').FileHandle, 'write'>;

/** Bytes of one call of the system, which has a limit of 2 GiB. */
const maximumBytes = 2 ** 30;

/** Writes all bytes: the system may accept fewer than it was given, e.g. where the disk is nearly full. */
export async function writeBytes(sink: ByteSink, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    const length = Math.min(bytes.length - offset, maximumBytes);
    const written = await writeOnce(sink, bytes, offset, length);
    if (written <= 0) throw createSystemError('EIO', 'the system accepted no byte');
    offset += written;
  }
}

async function writeOnce(sink: ByteSink, bytes: Uint8Array, offset: number, length: number): Promise<number> {
  if (typeof sink !== 'number') return (await sink.write(bytes, offset, length, null)).bytesWritten;
  return new Promise((resolve, reject) => {
    write(sink, bytes, offset, length, null, (error, written) => (error ? reject(error) : resolve(written)));
  });
}
