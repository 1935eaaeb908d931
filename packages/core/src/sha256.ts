/** A SHA-256 hash of bytes that come in pieces. */
export interface Sha256 {
  /** Adds bytes to the end of the message. */
  update(bytes: Uint8Array): void;
  /** Ends the message. @returns 64 hexadecimal digits */
  digest(): string;
}

/**
 * Creates a SHA-256 hash that takes its message in pieces.
 *
 * Node computes it with OpenSSL. Browsers have no such function (`crypto.subtle` takes whole messages only, and is
 * asynchronous), so that the package has its own for them.
 *
 * @example
 * const hash = createSha256();
 * hash.update(new TextEncoder().encode('abc'));
 * hash.digest() // 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
 * @source FIPS 180-4, https://doi.org/10.6028/NIST.FIPS.180-4
 */
export function createSha256(): Sha256 {
  const native = globalThis.process?.getBuiltinModule?.('node:crypto')?.createHash('sha256');
  return native
    ? { update: (bytes) => void native.update(bytes), digest: () => native.digest('hex') }
    : createPortableSha256();
}

/** The same hash in JavaScript. */
export function createPortableSha256(): Sha256 {
  const state = Int32Array.from(firstPrimes.slice(0, 8), (prime) => takeFractionBits(Math.sqrt(prime)));
  const pending = new Uint8Array(64);
  let length = 0; // bytes so far
  return {
    update(bytes) {
      let at = 0;
      const filled = length % 64;
      length += bytes.length;
      if (filled > 0) {
        at = Math.min(64 - filled, bytes.length);
        pending.set(bytes.subarray(0, at), filled);
        if (filled + at < 64) return;
        compress(state, pending, 0);
      }
      for (; at + 64 <= bytes.length; at += 64) compress(state, bytes, at);
      pending.set(bytes.subarray(at));
    },
    digest() {
      const bits = BigInt(length) * 8n;
      const padding = new Uint8Array(64 * Math.ceil((length % 64) / 64 + 9 / 64) - (length % 64));
      padding[0] = 0x80;
      new DataView(padding.buffer).setBigUint64(padding.length - 8, bits);
      this.update(padding);
      return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
}

const firstPrimes: number[] = [];
for (let n = 2; firstPrimes.length < 64; n++) if (firstPrimes.every((prime) => n % prime !== 0)) firstPrimes.push(n);

/** Returns the first 32 bits of the fractional part. Double precision suffices for the roots of these primes. */
function takeFractionBits(root: number): number {
  return ((root % 1) * 2 ** 32) | 0;
}

const roundConstants = Int32Array.from(firstPrimes, (prime) => takeFractionBits(Math.cbrt(prime)));
const schedule = new Int32Array(64);

/** Mixes the 64 bytes from `at` into the state. */
function compress(state: Int32Array, bytes: Uint8Array, at: number): void {
  for (let t = 0; t < 16; t++) {
    const byte = at + 4 * t;
    schedule[t] = (bytes[byte]! << 24) | (bytes[byte + 1]! << 16) | (bytes[byte + 2]! << 8) | bytes[byte + 3]!;
  }
  for (let t = 16; t < 64; t++) {
    const [x, y] = [schedule[t - 15]!, schedule[t - 2]!];
    const mixedX = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const mixedY = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    schedule[t] = schedule[t - 16]! + mixedX + schedule[t - 7]! + mixedY;
  }
  let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
  let [e, f, g, h] = [state[4]!, state[5]!, state[6]!, state[7]!];
  for (let t = 0; t < 64; t++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + roundConstants[t]! + schedule[t]!) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
  state[4] = state[4]! + e;
  state[5] = state[5]! + f;
  state[6] = state[6]! + g;
  state[7] = state[7]! + h;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
