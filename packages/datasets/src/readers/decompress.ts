import { isUtf8 as isUtf8InNode } from 'node:buffer';
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';

const CHUNK_BYTES = 1 << 20;

/** Decompresses what deflate compressed. */
export function inflateRaw(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return pipeline(chunks, createInflateRaw({ chunkSize: CHUNK_BYTES }), () => {}); // errors reach its reader
}

/** Decompresses what gzip compressed. */
export function gunzip(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return pipeline(chunks, createGunzip({ chunkSize: CHUNK_BYTES }), () => {}); // errors reach its reader
}

/** The CRC-32 of bytes that follow others. */
export function computeCrc32(bytes: Uint8Array, before: number): number {
  return crc32(bytes, before);
}

/** Whether bytes are text in UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  return isUtf8InNode(bytes);
}

/** The checksum of chunks by the algorithm `md5` or `sha256`, in hexadecimal digits. */
export async function computeDigest(chunks: AsyncIterable<Uint8Array>, algorithm: string): Promise<string | undefined> {
  const hash = createHash(algorithm);
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
