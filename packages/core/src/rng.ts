/** Seeded random numbers. No component draws from anywhere else. */
export interface Rng {
  /** A number in [0, 1), 32 random bits. */
  next(): number;
  /** A number in [low, high). */
  uniform(low: number, high: number): number;
  /** A normally distributed number. Defaults: mean 0, deviation 1. */
  normal(mean?: number, deviation?: number): number;
  /** An integer in [0, bound), without modulo bias. */
  integer(bound: number): number;
  /** Shuffles in place (Fisher–Yates) and returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(list: T): T;
  /** An independent stream that depends on seed and label alone, not on what was drawn before. */
  fork(label: string): Rng;
  /** The position in the stream, as text; hand it to `restore` to go on from here. */
  snapshot(): string;
  restore(snapshot: string): void;
}

/** A fast generator (sfc32). The same seed always gives the same numbers. */
export declare function createRng(seed: number | string): Rng;
