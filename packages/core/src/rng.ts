import { invalid } from './error.js';
import { hashToState } from './hash-to-state.js';
import { drawNormalPair } from './normal-pair.js';

/** A seeded random number generator. It is the only source of random numbers of all components. */
export interface Rng {
  /** Draws a uniformly distributed number in [0, 1) with 32 random bits. */
  next(): number;
  /** Draws a uniformly distributed number in [low, high). */
  uniform(low: number, high: number): number;
  /** Draws a normally distributed number. Defaults: mean 0, standard deviation 1. */
  normal(mean?: number, deviation?: number): number;
  /** Draws a uniformly distributed integer in [0, bound), without modulo bias. `bound` is from 1 to 2³². */
  integer(bound: number): number;
  /**
   * Fills `into` with the integers that as many calls of `integer` would return, and returns it. `bound` is from 1 to
   * 2³¹.
   */
  integers(bound: number, into: Int32Array): Int32Array;
  /** Shuffles a list in place (Fisher–Yates) and returns it. */
  shuffle<T extends { length: number; [index: number]: unknown }>(list: T): T;
  /**
   * Creates an independent generator that depends only on the seed and the labels, and not on the numbers drawn so far.
   */
  fork(label: string): Rng;
  /** Returns the state as text. `restore` continues from it. */
  snapshot(): string;
  /** Continues from a snapshot, also for later forks, whatever the seed of this generator was. */
  restore(snapshot: string): void;
  /**
   * Passes the state of sfc32, the words a, b, c and counter, to `draw`, which advances it in place; the generator
   * continues from there. Kernels use it to fill arrays without a call per number. Generators of another kind do not
   * have it.
   */
  advance?(draw: (state: Int32Array) => void): void;
}

/**
 * Creates a fast seeded random number generator (sfc32).
 *
 * Equal seeds give equal numbers; `42` and `'42'` are the same seed. Forks give each part of a program a stream of its
 * own, so that one part can draw more numbers without a change for the others.
 *
 * @throws {RecsysError} `invalid-argument` if the seed is NaN or infinite
 * @example
 * const rng = createRng(42);
 * rng.fork('items').integer(10); // the same, whatever `rng` has drawn before
 * @source Chris Doty-Humphrey, PractRand, https://pracrand.sourceforge.net/RNG_engines.txt
 */
export function createRng(seed: number | string): Rng {
  if (typeof seed === 'number' && !Number.isFinite(seed)) invalid('createRng(seed)', 'a finite number or text', seed);
  return createStream(prefixLength(String(seed)));
}

const FORMAT = /^sfc32:([0-9a-f]{32}):(\d+:.*)$/s;

/**
 * Creates the generator with this name: the seed followed by the labels of the forks, each with its length in front.
 */
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
      const remainder = drawn % (bound >>> 0); // >>> lets the compiler use an integer division
      if (drawn - remainder <= 2 ** 32 - bound) return remainder; // else the last, incomplete run of `bound` numbers
    }
  };
  const integers = (bound: number, into: Int32Array): Int32Array => {
    if (!(Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 31))
      invalid('rng.integers(bound)', 'an integer from 1 to 2^31', bound);
    const last = 2 ** 32 - 1 - (2 ** 32 % bound); // the last number of the last complete run of `bound` numbers
    // Slightly too large, so that every quotient below 2³² rounds down to the right integer, whatever the rounding of
    // the product.
    const reciprocal = (1 + 2 ** -50) / bound;
    // In registers: `bits` would read and write the state for every number.
    let [x, y, z, n] = [a | 0, b | 0, c | 0, counter | 0];
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
  for (let i = 0; i < 12; i++) bits(); // warm-up: afterwards every bit of the seed has affected every word

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

/** Makes the same swaps as `shuffle`. It takes a third of the time, since its call sites are monomorphic. */
function shuffleIds(list: Int32Array, integer: (bound: number) => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = integer(i + 1);
    const swapped = list[i]!;
    list[i] = list[j]!;
    list[j] = swapped;
  }
}

/** Adds the length in front, so that different lists of labels never give the same text. */
function prefixLength(text: string): string {
  return `${text.length}:${text}`;
}
