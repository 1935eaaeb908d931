/**
 * Computes the first 12 hexadecimal digits of the SHA-256 hash of a text in UTF-8.
 *
 * It is for short texts only. The package has its own SHA-256, because `node:crypto` is missing in browsers and
 * `crypto.subtle` is asynchronous.
 *
 * @example
 * shortHash('abc') // 'ba7816bf8f01'
 * @source FIPS 180-4, https://doi.org/10.6028/NIST.FIPS.180-4
 */
export function shortHash(text: string): string {
  const hash = Int32Array.from(firstPrimes.slice(0, 8), (prime) => takeFractionBits(Math.sqrt(prime)));
  const padded = pad(new TextEncoder().encode(text));
  for (let offset = 0; offset < padded.byteLength; offset += 64)
    compress(hash, new DataView(padded.buffer, offset, 64));
  return Array.from(hash.subarray(0, 2), (word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('')
    .slice(0, 12);
}

const firstPrimes: number[] = [];
for (let n = 2; firstPrimes.length < 64; n++) if (firstPrimes.every((prime) => n % prime !== 0)) firstPrimes.push(n);

/** Returns the first 32 bits of the fractional part. Double precision suffices for the roots of these primes. */
function takeFractionBits(root: number): number {
  return ((root % 1) * 2 ** 32) | 0;
}

const roundConstants = Int32Array.from(firstPrimes, (prime) => takeFractionBits(Math.cbrt(prime)));

/** Appends a one bit, zeros, and the length in bits, up to a multiple of 64 bytes. */
function pad(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(64 * Math.ceil((bytes.length + 9) / 64));
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return padded;
}

function compress(hash: Int32Array, block: DataView): void {
  const schedule = new Int32Array(64);
  for (let t = 0; t < 64; t++) {
    if (t < 16) {
      schedule[t] = block.getInt32(4 * t);
      continue;
    }
    const [x, y] = [schedule[t - 15]!, schedule[t - 2]!];
    const mixedX = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const mixedY = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    schedule[t] = schedule[t - 16]! + mixedX + schedule[t - 7]! + mixedY;
  }
  let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + roundConstants[t]! + schedule[t]!) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority) | 0;
    [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    hash[i] = hash[i]! + word;
  });
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
