import { createSha256 } from '@footlight/core';
import { readStream } from './read-stream.js';

/** Decompresses what deflate compressed. */
export function inflateRaw(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return decompress(chunks, 'deflate-raw');
}

/** Decompresses what gzip compressed. */
export function gunzip(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return decompress(chunks, 'gzip');
}

function decompress(chunks: AsyncIterable<Uint8Array>, format: CompressionFormat): AsyncIterable<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return readStream(source.pipeThrough(new DecompressionStream(format)));
}

let table: Int32Array | undefined;

/** The CRC-32 of bytes that follow others. */
export function computeCrc32(bytes: Uint8Array, before: number): number {
  table ??= createTable();
  let state = ~before;
  for (let at = 0; at < bytes.length; at++) state = table[(state ^ bytes[at]!) & 0xff]! ^ (state >>> 8);
  return ~state >>> 0;
}

/** The remainders of all bytes by the polynomial of zip and gzip, its bits in reverse order. */
function createTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
    return rest;
  });
}

/** Whether bytes are text in UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The checksum of chunks by the algorithm `sha256`, in hexadecimal digits; browsers compute no `md5`. */
export async function computeDigest(chunks: AsyncIterable<Uint8Array>, algorithm: string): Promise<string | undefined> {
  if (algorithm !== 'sha256') return undefined;
  const hash = createSha256();
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest();
}
