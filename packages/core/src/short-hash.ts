import { createSha256 } from './sha256.js';

/**
 * Computes the first 12 hexadecimal digits of the SHA-256 hash of a text in UTF-8.
 *
 * @example
 * shortHash('abc') // 'ba7816bf8f01'
 */
export function shortHash(text: string): string {
  const hash = createSha256();
  hash.update(new TextEncoder().encode(text));
  return hash.digest().slice(0, 12);
}
