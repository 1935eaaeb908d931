import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPortableSha256, createSha256 } from './sha256.js';

const bytes = Uint8Array.from({ length: 257 }, (_, at) => (at * 151 + 7) % 256);

describe.each([createSha256, createPortableSha256])('$name', (create) => {
  it('has the value of FIPS 180-4 for abc', () => {
    const hash = create();
    hash.update(new TextEncoder().encode('abc'));
    expect(hash.digest()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('agrees with node:crypto for every length, in pieces of any size', () => {
    for (let length = 0; length <= bytes.length; length++) {
      const message = bytes.subarray(0, length);
      const expected = createHash('sha256').update(message).digest('hex');
      for (const size of [1, 13, 63, 64, 65, 300]) {
        const hash = create();
        for (let at = 0; at < length; at += size) hash.update(message.subarray(at, at + size));
        expect(hash.digest()).toBe(expected);
      }
    }
  });
});
