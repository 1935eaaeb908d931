/**
 * Computes the 32-bit MurmurHash3 (x86_32) of one 32-bit integer as an unsigned number in [0, 2³²).
 *
 * The hashed bytes are the 4 little-endian bytes of the integer, as in `murmurhash3_32` of scikit-learn.
 *
 * @example
 * murmurhash3(0, 0) // 593689054
 * @source Austin Appleby, https://github.com/aappleby/smhasher (public domain)
 */
export function murmurhash3(id: number, seed: number): number {
  return murmurhash3Signed(id, seed) >>> 0;
}

/**
 * Computes the 32-bit MurmurHash3 (x86_32) of one 32-bit integer as a signed number in [−2³¹, 2³¹).
 *
 * @example
 * murmurhash3Signed(3, 179424941) // −1722589864
 */
export function murmurhash3Signed(id: number, seed: number): number {
  let k = Math.imul(id, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  let h = seed ^ k;
  h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  h ^= 4; // length in bytes
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
