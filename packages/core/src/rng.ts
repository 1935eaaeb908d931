import { invalid } from './error.js';

/** Seeded random numbers. No component draws from anywhere else. */
export interface Rng {
  /** A number in [0, 1), 32 random bits. */
  next(): number;
  /** A number in [low, high). */
  uniform(low: number, high: number): number;
  /** A normally distributed number. Defaults: mean 0, deviation 1. */
  normal(mean?: number, deviation?: number): number;
  /** An integer in [0, bound), without modulo bias. `bound` from 1 to 2³². */
  integer(bound: number): number;
  /** Fills `into` with integers in [0, bound), the ones that as many calls of `integer` give, several times as fast; returns it. `bound` from 1 to 2³¹. */
  integers(bound: number, into: Int32Array): Int32Array;
  /** Shuffles in place (Fisher–Yates) and returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(list: T): T;
  /** An independent stream that depends on seed and label alone, not on what was drawn before. */
  fork(label: string): Rng;
  /** The position in the stream, as text; hand it to `restore` to go on from here. */
  snapshot(): string;
  /** Goes on from a snapshot, forks included, whatever seed this generator was made with. */
  restore(snapshot: string): void;
  /**
   * Hands the state of sfc32, the words a, b, c and counter, to `draw`, which moves it as its draws do, and goes on from there: for what fills arrays
   * faster than by a call per number. Generators of another kind leave it out.
   */
  advance?(draw: (state: Int32Array) => void): void;
}

/**
 * A fast generator (sfc32). The same seed always gives the same numbers; `42` and `'42'` are one seed.
 *
 * @throws {RecsysError} `invalid-argument` if the seed is NaN or infinite
 * @example
 * const rng = createRng(42);
 * rng.fork('items').integer(10); // the same, no matter what `rng` has drawn
 * @source Chris Doty-Humphrey, PractRand, https://pracrand.sourceforge.net/RNG_engines.txt
 */
export function createRng(seed: number | string): Rng {
  if (typeof seed === 'number' && !Number.isFinite(seed)) invalid('createRng(seed)', 'a finite number or text', seed);
  return createStream(prefixLength(String(seed)));
}

const FORMAT = /^sfc32:([0-9a-f]{32}):(\d+:.*)$/s;

/** `name` is the seed and the labels that led here. */
function createStream(name: string): Rng {
  let key = name;
  let [a, b, c, counter] = hashToState(key);

  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  const next = (): number => bits() / 2 ** 32;
  const integer = (bound: number): number => {
    if (!(Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 32))
      invalid('rng.integer(bound)', 'an integer from 1 to 2^32', bound);
    if (bound === 2 ** 32) return bits();
    for (;;) {
      const drawn = bits();
      const remainder = drawn % (bound >>> 0); // >>> tells the compiler that integer division will do
      if (drawn - remainder <= 2 ** 32 - bound) return remainder; // else the last, incomplete run of `bound` numbers
    }
  };
  const integers = (bound: number, into: Int32Array): Int32Array => {
    if (!(Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 31))
      invalid('rng.integers(bound)', 'an integer from 1 to 2^31', bound);
    const last = 2 ** 32 - 1 - (2 ** 32 % bound); // of the whole runs of `bound` numbers
    // Too large by so little that a quotient below 2³² is rounded down to the right integer, whatever the rounding of the product.
    const reciprocal = (1 + 2 ** -50) / bound;
    let [x, y, z, n] = [a | 0, b | 0, c | 0, counter | 0]; // in registers: `bits` would read and write the state at every number
    for (let i = 0; i < into.length; ) {
      const sum = (((x + y) | 0) + n) | 0;
      n = (n + 1) | 0;
      x = y ^ (y >>> 9);
      y = (z + (z << 3)) | 0;
      z = (((z << 21) | (z >>> 11)) + sum) | 0;
      const drawn = sum >>> 0;
      into[i] = drawn - Math.imul((drawn * reciprocal) | 0, bound);
      if (drawn <= last) i++;
    }
    [a, b, c, counter] = [x, y, z, n];
    return into;
  };
  for (let i = 0; i < 12; i++) bits(); // until every bit of the seed has reached every word

  return {
    next,
    uniform: (low, high) => low + (high - low) * next(),
    normal: (mean = 0, deviation = 1) => mean + deviation * drawNormalPair(next)[0],
    integer,
    integers,
    shuffle(list) {
      if (list instanceof Int32Array) {
        shuffleIds(list, integer);
        return list;
      }
      for (let i = list.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [list[i], list[j]] = [list[j], list[i]];
      }
      return list;
    },
    fork: (label) => createStream(key + prefixLength(label)),
    snapshot: () =>
      `sfc32:${[a, b, c, counter].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')}:${key}`,
    restore(snapshot) {
      const [, words, label] =
        FORMAT.exec(snapshot) ?? invalid('rng.restore(snapshot)', 'a text made by snapshot()', `"${snapshot}"`);
      [a, b, c, counter] = [0, 8, 16, 24].map((at) => Number.parseInt(words!.slice(at, at + 8), 16) | 0) as [
        number,
        number,
        number,
        number,
      ];
      key = label!;
    },
    advance(draw) {
      const state = Int32Array.of(a, b, c, counter);
      draw(state);
      [a, b, c, counter] = [...state] as [number, number, number, number];
    },
  };
}

/** The same swaps. A function of its own, that never meets a list of another kind, takes a third of the time. */
function shuffleIds(list: Int32Array, integer: (bound: number) => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = integer(i + 1);
    const swapped = list[i]!;
    list[i] = list[j]!;
    list[j] = swapped;
  }
}

/** With its length in front, so that no two lists of labels run together into one text. */
function prefixLength(text: string): string {
  return `${text.length}:${text}`;
}

/** 128 bits: the text under four seeds of MurmurHash3, a block per UTF-16 unit. */
function hashToState(text: string): [number, number, number, number] {
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

/**
 * Two independent standard normal numbers (Marsaglia's polar method).
 *
 * `normal` throws the second away: a number kept for the next call would be state outside the stream.
 */
function drawNormalPair(next: () => number): [number, number] {
  for (;;) {
    const x = 2 * next() - 1;
    const y = 2 * next() - 1;
    const square = x * x + y * y;
    if (square >= 1 || square === 0) continue;
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    return [x * scale, y * scale];
  }
}

/** Fills an array with normally distributed numbers and returns it; uses both of each pair, so other numbers than repeated `normal`. Defaults: mean 0, deviation 1. */
export function fillNormal<T extends Float32Array | Float64Array>(array: T, rng: Rng, mean = 0, deviation = 1): T {
  for (let i = 0; i < array.length; i += 2) {
    const [first, second] = drawNormalPair(rng.next);
    array[i] = mean + deviation * first;
    if (i + 1 < array.length) array[i + 1] = mean + deviation * second;
  }
  return array;
}

/** Fills an array with numbers in [low, high), rounded to the array's precision, and returns it. Defaults: 0 and 1. */
export function fillUniform<T extends Float32Array | Float64Array>(array: T, rng: Rng, low = 0, high = 1): T {
  for (let i = 0; i < array.length; i++) array[i] = rng.uniform(low, high);
  return array;
}
