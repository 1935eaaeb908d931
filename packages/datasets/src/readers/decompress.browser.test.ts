import { deflateRawSync, gzipSync } from 'node:zlib';
import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import * as browser from './decompress.browser.js';
import * as node from './decompress.js';
import { concatenateBytes } from './whole-lines.js';

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return concatenateBytes(parts);
}

describe('decompression in browsers', () => {
  const rng = createRng(7);
  const bytes = Uint8Array.from({ length: 100_003 }, () => rng.integer(11));

  it('equals that of Node', async () => {
    expect(await collect(browser.gunzip(cut(gzipSync(bytes), 997)))).toEqual(bytes);
    expect(await collect(browser.inflateRaw(cut(deflateRawSync(bytes), 997)))).toEqual(bytes);
    expect(await browser.computeDigest(cut(bytes, 997), 'sha256')).toBe(
      await node.computeDigest(cut(bytes, 89), 'sha256'),
    );
    expect(await browser.computeDigest(cut(bytes, 997), 'md5')).toBeUndefined();
  });

  it('fails for what is cut off, and passes errors of the source on', async () => {
    await expect(collect(browser.gunzip(cut(gzipSync(bytes).subarray(0, -1), 997)))).rejects.toThrow();
    async function* fail(): AsyncGenerator<Uint8Array> {
      yield gzipSync(bytes).subarray(0, 500);
      throw new Error('the source failed');
    }
    await expect(collect(browser.gunzip(fail()))).rejects.toThrow('the source failed');
  });

  it('ends the source when its reader stops', async () => {
    let ended = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield* cut(gzipSync(bytes), 997);
      } finally {
        ended = true;
      }
    }
    for await (const _ of browser.gunzip(source())) break;
    expect(ended).toBe(true);
  });

  it.each([0, 1, 7, 255, 256, 1000])('computes the CRC-32 of %i bytes as Node does, in parts', (length) => {
    const [first, second] = [bytes.subarray(0, length), bytes.subarray(length, 3 * length)];
    const whole = browser.computeCrc32(second, browser.computeCrc32(first, 0));
    expect(whole).toBe(node.computeCrc32(bytes.subarray(0, 3 * length), 0));
  });

  it('recognizes UTF-8', () => {
    for (const sequence of [[], [0x61], [0xc3, 0xa9], [0xc3], [0xff], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x98, 0x80]])
      expect(browser.isUtf8(Uint8Array.from(sequence))).toBe(node.isUtf8(Uint8Array.from(sequence)));
  });
});
