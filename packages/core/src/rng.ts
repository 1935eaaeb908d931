import { invalid } from './error.js';

/** Seeded random numbers. No component draws from anywhere else. */
export interface Rng {
  /** A number in [0, 1), 32 random bits. */
  next(): number;
  /** A number in [low, high). */
  uniform(low: number, high: number): number;
  /** A normally distributed number. Defaults: mean 0, deviation 1. */
  normal(mean?: number, deviation?: number): number;
  /** An integer in [0, bound), without modulo bias; `bound` up to 2³². */
  integer(bound: number): number;
  /** Shuffles in place (Fisher–Yates) and returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(list: T): T;
  /** An independent stream that depends on seed and label alone, not on what was drawn before. */
  fork(label: string): Rng;
  /** The position in the stream, as text; hand it to `restore` to go on from here. */
  snapshot(): string;
  restore(snapshot: string): void;
}

/**
 * A fast generator of good quality with a period of about 2¹²⁸. The same seed always gives the same numbers, on every machine.
 *
 * @example
 * createRng(42).fork('split').integer(10)
 * @source sfc32 of PractRand, Chris Doty-Humphrey
 */
export function createRng(seed: number | string): Rng {
  const key = String(seed);
  let [a, b, c, counter] = seedWords(key);

  const word = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) word(); // until every bit of the seed has reached every word

  const integer = (bound: number): number => {
    if (!(bound >= 1 && bound <= 2 ** 32)) invalid('rng.integer(bound)', 'a number in [1, 2^32]', bound);
    const limit = 2 ** 32 - (2 ** 32 % bound); // words from here on would make small results more likely
    let drawn = word();
    while (drawn >= limit) drawn = word();
    return drawn % bound;
  };

  return {
    next: () => word() / 2 ** 32,
    uniform: (low, high) => low + (high - low) * (word() / 2 ** 32),
    // Box–Muller; the second value is thrown away so that a snapshot needs no memory of it.
    normal: (mean = 0, deviation = 1) =>
      mean + deviation * Math.sqrt(-2 * Math.log((word() + 1) / 2 ** 32)) * Math.cos((2 * Math.PI * word()) / 2 ** 32),
    integer,
    shuffle(list) {
      for (let i = list.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const kept = list[i];
        (list as { [index: number]: unknown })[i] = list[j];
        (list as { [index: number]: unknown })[j] = kept;
      }
      return list;
    },
    fork: (label) => createRng(`${key}/${label}`),
    snapshot: () => [a, b, c, counter].join(','),
    restore(snapshot) {
      const words = snapshot.split(',').map(Number);
      if (words.length !== 4 || !words.every(Number.isSafeInteger))
        invalid('rng.restore(snapshot)', 'a text that snapshot() returned', snapshot);
      [a, b, c, counter] = words as [number, number, number, number];
    },
  };
}

/** 128 bits out of a text of any length (four passes of FNV-1a with a final mix). */
function seedWords(key: string): [number, number, number, number] {
  const words = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667].map((salt) => {
    let h = salt;
    for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 16777619);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return h ^ (h >>> 16);
  });
  return words as [number, number, number, number];
}
