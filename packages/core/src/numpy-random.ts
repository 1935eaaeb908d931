import { invalid } from './error.js';

/**
 * The legacy generator of numpy, number for number: `numpyRandom(42).shuffle(x)` does to `x` what `numpy.random.RandomState(42).shuffle(x)` does.
 *
 * Splits and negatives of published experiments were drawn from it; everything new uses `createRng`.
 */
export interface NumpyRandom {
  /** 32 random bits. */
  uint32(): number;
  /** Numbers in [0, 1) of 53 random bits: `random_sample`, `rand`. */
  rand(count: number): Float64Array;
  /** Integers in [low, high), as `randint(low, high, count)` draws them for 64-bit integers; high − low up to 2³². */
  randint(low: number, high: number, count: number): Float64Array;
  /** Shuffles in place and returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(list: T): T;
  /** 0 … count − 1 in random order. */
  permutation(count: number): Int32Array;
  /** `chosen` different numbers of 0 … count − 1: `choice(count, chosen, replace=False)`. */
  choice(count: number, chosen: number): Int32Array;
  /** The position in the stream; hand it to `restore` to go on from here. */
  snapshot(): string;
  restore(snapshot: string): void;
}

const size = 624;
const middle = 397;

/**
 * @throws {RecsysError} `invalid-argument` if the seed is no integer in [0, 2³²)
 * @source Matsumoto and Nishimura, MT19937, ACM TOMACS 8(1), 1998; numpy's `RandomState`
 */
export function numpyRandom(seed: number): NumpyRandom {
  if (!Number.isSafeInteger(seed) || seed < 0 || seed >= 2 ** 32) invalid('numpyRandom(seed)', 'an integer in [0, 2^32)', seed);
  let state = seededState(seed);
  let position = size;

  const uint32 = (): number => {
    if (position === size) {
      twist(state);
      position = 0;
    }
    let y = state[position++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };

  /** An integer in [0, most]: masked to the next power of two, redrawn while too large. No number is used up if there is no choice. */
  const bounded = (most: number): number => {
    if (most === 0) return 0;
    const mask = most >= 2 ** 31 ? 0xffffffff : 2 ** (32 - Math.clz32(most)) - 1;
    let drawn = (uint32() & mask) >>> 0;
    while (drawn > most) drawn = (uint32() & mask) >>> 0;
    return drawn;
  };

  const shuffle: NumpyRandom['shuffle'] = (list) => {
    const cells = list as { [index: number]: unknown };
    for (let i = list.length - 1; i > 0; i--) {
      const j = bounded(i);
      const kept = cells[i];
      cells[i] = cells[j];
      cells[j] = kept;
    }
    return list;
  };
  const permutation = (count: number): Int32Array => shuffle(Int32Array.from({ length: count }, (_, i) => i));

  return {
    uint32,
    rand: (count) => Float64Array.from({ length: count }, () => ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53),
    randint(low, high, count) {
      if (!(high > low && high - low <= 2 ** 32)) invalid('randint(high)', `an integer in (${low}, ${low} + 2^32]`, high);
      return Float64Array.from({ length: count }, () => low + bounded(high - 1 - low));
    },
    shuffle,
    permutation,
    choice(count, chosen) {
      if (!(chosen >= 0 && chosen <= count))
        invalid('choice(chosen)', `an integer in [0, ${count}]`, chosen, 'Numbers are drawn without replacement.');
      return permutation(count).slice(0, chosen);
    },
    snapshot: () => [position, ...state].join(','),
    restore(snapshot) {
      const [at, ...words] = snapshot.split(',').map(Number);
      if (words.length !== size || at === undefined)
        invalid('restore(snapshot)', 'a text that snapshot() returned', `${snapshot.slice(0, 20)}…`);
      position = at;
      state = Int32Array.from(words);
    },
  };
}

/** `init_genrand` of the reference code. */
function seededState(seed: number): Int32Array {
  const state = new Int32Array(size);
  state[0] = seed | 0;
  for (let i = 1; i < size; i++) {
    const last = state[i - 1]!;
    state[i] = (Math.imul(1812433253, last ^ (last >>> 30)) + i) | 0;
  }
  return state;
}

function twist(state: Int32Array): void {
  for (let i = 0; i < size; i++) {
    const y = (state[i]! & 0x80000000) | (state[(i + 1) % size]! & 0x7fffffff);
    state[i] = state[(i + middle) % size]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}
