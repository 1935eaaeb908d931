import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { shortHash } from './short-hash.js';

describe('shortHash', () => {
  it('is the beginning of the SHA-256 hash of FIPS 180-4', () => {
    expect(shortHash('abc')).toBe('ba7816bf8f01');
    expect(shortHash('')).toBe('e3b0c44298fc');
  });

  it('equals node:crypto for all lengths around the blocks of 64 bytes, also for non-ASCII text', () => {
    for (let length = 0; length <= 200; length++) {
      const text = 'aé€😀{"'.repeat(length).slice(0, length);
      expect(shortHash(text)).toBe(createHash('sha256').update(text).digest('hex').slice(0, 12));
    }
  });
});
