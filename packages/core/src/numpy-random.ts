import { invalid } from './error.js';

/**
 * numpy's legacy `RandomState`, with the same numbers and the same names and order of arguments.
 *
 * The splits and negatives of published experiments were drawn from it. New code uses `createRng`.
 */
export interface NumpyRandom {
  /** Draws 32 random bits, the raw output of the Mersenne Twister. */
  uint32(): number;
  /** Draws a uniformly distributed number in [0, 1) with 53 random bits. */
  rand(): number;
  /** Draws `count` uniformly distributed numbers in [0, 1). */
  rand(count: number): Float64Array;
  /** Draws an integer in [low, high), as numpy does with its default type int64. The range has at most 2⁵³ values. */
  randint(low: number, high: number): number;
  /** Draws `count` integers in [low, high). */
  randint(low: number, high: number, count: number): Float64Array;
  /** Shuffles a list in place and returns it. */
  shuffle<T extends { length: number; [index: number]: unknown }>(list: T): T;
  /** Returns the numbers from 0 to count − 1 in random order. */
  permutation(count: number): Int32Array;
  /** Draws `size` of the numbers from 0 to count − 1, each at most once unless `replace` is true (numpy's default). */
  choice(count: number, size: number, options: { readonly replace: boolean }): Int32Array;
  /**
   * Draws a normally distributed number. It equals numpy's except for the last bits of the platform's logarithm.
   * Defaults: mean 0, standard deviation 1.
   */
  normal(mean?: number, deviation?: number): number;
  /** Draws `count` normally distributed numbers. */
  normal(mean: number, deviation: number, count: number): Float64Array;
  /** Returns the state as text of about 5 kB. `restore` continues from it. */
  snapshot(): string;
  /** Continues from a snapshot. */
  restore(snapshot: string): void;
}

const WORDS = 624;
const FORMAT = /^mt19937:(\d+):([^:]*):([0-9a-f]{4992})$/;

/**
 * Creates numpy's `RandomState(seed)`, a Mersenne Twister, to reproduce the random numbers of Python code.
 *
 * @throws {RecsysError} `invalid-argument` if the seed is not an integer from 0 to 2³² − 1
 * @example
 * numpyRandom(0).permutation(10) // 2 8 4 9 1 6 7 3 0 5
 * @source Matsumoto and Nishimura, ACM TOMACS 8(1), 1998; numpy's `RandomState`
 */
export function numpyRandom(seed: number): NumpyRandom {
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    invalid('numpyRandom(seed)', 'an integer from 0 to 2^32 - 1', seed);
  const words = initializeWords(seed);
  let position = WORDS;
  let spare: number | undefined; // the second of a pair of normal numbers, for the next call, as in numpy

  const uint32 = (): number => {
    if (position === WORDS) {
      twist(words);
      position = 0;
    }
    let word = words[position++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
  const drawDouble = (): number => {
    const high = uint32() >>> 5;
    return (high * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53;
  };
  /**
   * Draws an integer in [0, largest]: masks to the next power of two and repeats while too large. Draws nothing if
   * largest is 0.
   */
  const drawUpTo32 = (largest: number): number => {
    if (largest === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(largest);
    for (;;) {
      const drawn = (uint32() & mask) >>> 0;
      if (drawn <= largest) return drawn;
    }
  };
  const drawUpTo53 = (largest: number): number => {
    if (largest < 2 ** 32) return drawUpTo32(largest);
    const mask = 0xffffffff >>> Math.clz32(Math.floor(largest / 2 ** 32)); // of the high word, which is drawn first
    for (;;) {
      const high = (uint32() & mask) >>> 0;
      const drawn = high * 2 ** 32 + uint32();
      if (drawn <= largest) return drawn;
    }
  };
  const drawNormal = (): number => {
    if (spare !== undefined) {
      const drawn = spare;
      spare = undefined;
      return drawn;
    }
    for (;;) {
      const x = 2 * drawDouble() - 1;
      const y = 2 * drawDouble() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = scale * x;
      return scale * y;
    }
  };
  const shuffle: NumpyRandom['shuffle'] = (list) => {
    for (let i = list.length - 1; i > 0; i--) {
      const j = drawUpTo32(i);
      [list[i], list[j]] = [list[j], list[i]];
    }
    return list;
  };
  const permutation = (count: number): Int32Array => shuffle(Int32Array.from({ length: count }, (_, i) => i));

  return {
    uint32,
    rand: ((count?: number) => drawOneOrMany(count, drawDouble)) as NumpyRandom['rand'],
    randint: ((low: number, high: number, count?: number) => {
      assertRange(low, high);
      return drawOneOrMany(count, () => low + drawUpTo53(high - 1 - low));
    }) as NumpyRandom['randint'],
    shuffle,
    permutation,
    choice(count, size, { replace }) {
      if (!(Number.isInteger(count) && count >= 1)) invalid('choice(count)', 'a positive integer', count);
      if (replace) return Int32Array.from({ length: size }, () => drawUpTo32(count - 1));
      if (size > count) invalid('choice(size)', `at most ${count}`, size, 'Numbers are drawn without replacement.');
      return permutation(count).slice(0, size);
    },
    normal: ((mean = 0, deviation = 1, count?: number) =>
      drawOneOrMany(count, () => mean + deviation * drawNormal())) as NumpyRandom['normal'],
    snapshot() {
      const hex = Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
      return `mt19937:${position}:${spare ?? ''}:${hex}`;
    },
    restore(snapshot) {
      const [, at, second, hex] =
        FORMAT.exec(snapshot) ??
        invalid('restore(snapshot)', 'a text made by snapshot()', `"${snapshot.slice(0, 20)}…"`);
      for (let i = 0; i < WORDS; i++) words[i] = Number.parseInt(hex!.slice(8 * i, 8 * i + 8), 16);
      position = Number(at);
      spare = second === '' ? undefined : Number(second);
    },
  };
}

function drawOneOrMany(count: number | undefined, draw: () => number): number | Float64Array {
  if (count === undefined) return draw();
  const drawn = new Float64Array(count);
  for (let i = 0; i < count; i++) drawn[i] = draw();
  return drawn;
}

function assertRange(low: number, high: number): void {
  if (!Number.isSafeInteger(low)) invalid('randint(low)', 'an integer', low);
  if (!(Number.isInteger(high) && high <= 2 ** 53 && high > low && high - low <= 2 ** 53))
    invalid('randint(high)', `an integer above ${low}, at most 2^53 and within 2^53 of it`, high);
}

/** Computes the first state from the seed: `init_genrand` of the reference code. */
function initializeWords(seed: number): Int32Array {
  const words = new Int32Array(WORDS);
  words[0] = seed;
  for (let i = 1; i < WORDS; i++) {
    const previous = words[i - 1]!;
    words[i] = Math.imul(previous ^ (previous >>> 30), 1812433253) + i;
  }
  return words;
}

function twist(words: Int32Array): void {
  for (let i = 0; i < WORDS; i++) {
    const joined = (words[i]! & 0x80000000) | (words[(i + 1) % WORDS]! & 0x7fffffff);
    words[i] = words[(i + 397) % WORDS]! ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
  }
}
