/** Hashes a text to 128 bits: MurmurHash3 with four seeds, one block per UTF-16 code unit. */
export function hashToState(text: string): [number, number, number, number] {
  return [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667].map((seed) => {
    let hash = seed;
    for (let i = 0; i < text.length; i++) {
      const block = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
      hash ^= Math.imul((block << 15) | (block >>> 17), 0x1b873593);
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
    hash ^= text.length;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }) as [number, number, number, number];
}
