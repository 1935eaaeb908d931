import { assertInteger, invalid, type Rng } from '@footlight/core';
import { lookup, tf } from '@footlight/engine';
import { drawVariable, type Initializer, normal } from './initializers.js';
import type { Parameters } from './types.js';

/** Options of `relativePositions`. */
export interface RelativePositionsOptions {
  /** The largest number of steps. */
  readonly count: number;
  /** Heads of attention with numbers of their own; 1 gives all heads the same. Default 1. */
  readonly heads?: number;
  /** Whether only earlier steps are attended to, so that their distances suffice. Default true. */
  readonly causal?: boolean;
  /** Source of the first values. */
  readonly rng: Rng;
  /** First values. Default `normal({ deviation: 0.02 })`. */
  readonly initializer?: Initializer;
}

/** Relative positions: what attention adds to the score of a step and a source. */
export interface RelativePositions {
  /** `weight` `[distance, heads]`. */
  readonly parameters: Parameters;
  /**
   * Computes the numbers for a window of `time` steps.
   *
   * @shape → `[1, heads, time, source]`, source = time
   * @throws {RecsysError} `invalid-argument` if `time` is no positive integer or above `count`
   */
  apply(time: number): tf.Tensor4D;
}

/**
 * Relative positions: a learned number per distance of two steps, which attention adds to their score.
 *
 * $$ r_{htj} = w_{t - j, h} $$
 *
 * t is the step, j the source and h the head. With `causal`, sources after the step, which attention does not read,
 * have the number of the distance 0.
 *
 * @example
 * const bias = relativePositions({ count: 50, heads: 2, rng }).apply(7); // [1, 2, 7, 7]
 * multiHeadAttention({ dim: 64, heads: 2, rng }).apply(steps, { bias }); // steps [batch, 7, 64]
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer
 * @source Raffel et al. 2020, https://arxiv.org/abs/1910.10683, section 2.1, with a number for each distance
 */
export function relativePositions(options: RelativePositionsOptions): RelativePositions {
  const { count, heads = 1, causal = true, rng, initializer = normal({ deviation: 0.02 }) } = options;
  assertInteger('relativePositions(count)', count);
  assertInteger('relativePositions(heads)', heads);
  const first = causal ? 0 : 1 - count; // the distance of row 0
  const weight = drawVariable<tf.Rank.R2>([count - first, heads], initializer, rng.fork('weight'));
  return {
    parameters: { weight },
    apply(time) {
      assertInteger('relativePositions(time)', time);
      if (time > count)
        invalid('relativePositions(time)', `at most count=${count} steps`, `${time}`, 'Cut off the oldest steps.');
      const rows = Int32Array.from({ length: time * time }, (_, at) => {
        const distance = Math.floor(at / time) - (at % time);
        return (causal ? Math.max(0, distance) : distance) - first;
      });
      return tf.tidy(() => toHeads(weight, rows, [1, time, heads]));
    },
  };
}

/** Options of `relativeTimes`. */
export interface RelativeTimesOptions {
  /** Number of buckets of time spans. Default 128. */
  readonly buckets?: number;
  /** Heads of attention with numbers of their own; 1 gives all heads the same. Default 1. */
  readonly heads?: number;
  /** Source of the first values. */
  readonly rng: Rng;
  /** First values. Default `normal({ deviation: 0.02 })`. */
  readonly initializer?: Initializer;
}

/** Relative times: what attention adds to the score of a step and a source. */
export interface RelativeTimes {
  /** `weight` `[bucket, heads]`. */
  readonly parameters: Parameters;
  /**
   * Computes the numbers for windows of steps with times, in seconds; any finite number stands for padding.
   *
   * @shape times `batch` rows of `time` numbers → `[batch, heads, time, source]`, source = time
   * @throws {RecsysError} `invalid-argument` without rows, if rows differ in length, or if a time is not finite
   */
  apply(times: readonly ArrayLike<number>[]): tf.Tensor4D;
}

/**
 * Relative times: a learned number per bucket of the time between two steps, which attention adds to their score.
 *
 * $$ r_{htj} = w_{b(|\tau_t - \tau_j|), h}, \quad b(x) = \min\Big(B - 1, \Big\lfloor \frac{\ln \max(1, x)}{0.301} \Big\rfloor \Big) $$
 *
 * $\tau_t$ is the time of step t in seconds, j the source, h the head and B the number of buckets: a bucket ends at
 * 1.35 times the time span at which it begins. Times are 64-bit floats, since 32-bit floats tell seconds since 1970
 * apart by minutes only.
 *
 * Differs from the authors' code: spans end at the step, not at the step after it, whose time is not known when the
 * model is asked.
 *
 * @example
 * const bias = relativeTimes({ rng }).apply([[1_700_000_000, 1_700_003_600]]); // [1, 1, 2, 2]
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer
 * @source Zhai et al., ICML 2024, https://arxiv.org/abs/2402.17152, section 3.2
 */
export function relativeTimes(options: RelativeTimesOptions): RelativeTimes {
  const { buckets = 128, heads = 1, rng, initializer = normal({ deviation: 0.02 }) } = options;
  assertInteger('relativeTimes(buckets)', buckets);
  assertInteger('relativeTimes(heads)', heads);
  const weight = drawVariable<tf.Rank.R2>([buckets, heads], initializer, rng.fork('weight'));
  return {
    parameters: { weight },
    apply(times) {
      const time = assertTimes(times);
      const rows = new Int32Array(times.length * time * time);
      let at = 0;
      for (const row of times)
        for (let step = 0; step < time; step++)
          for (let source = 0; source < time; source++)
            rows[at++] = findBucket(Math.abs(row[step]! - row[source]!), buckets);
      return tf.tidy(() => toHeads(weight, rows, [times.length, time, heads]));
    },
  };
}

function findBucket(seconds: number, buckets: number): number {
  return Math.min(buckets - 1, Math.floor(Math.log(Math.max(1, seconds)) / 0.301));
}

/** Checks that rows have equally many finite times, and returns how many. */
function assertTimes(times: readonly ArrayLike<number>[]): number {
  const time = times[0]?.length ?? 0;
  if (time === 0) invalid('relativeTimes(times)', 'at least one row of at least one time', 'none');
  times.forEach((row, at) => {
    if (row.length !== time) invalid('relativeTimes(times)', `${time} times per row`, `${row.length} in row ${at}`);
    for (let step = 0; step < time; step++)
      if (!Number.isFinite(row[step]))
        invalid('relativeTimes(times)', 'finite seconds', `${row[step]} in row ${at}, step ${step}`);
  });
  return time;
}

/** Looks up a row per step and source. @shape rows `[batch · time · time]` → `[batch, heads, time, time]` */
function toHeads(weight: tf.Variable, rows: Int32Array, [batch, time, heads]: readonly number[]): tf.Tensor4D {
  const found = lookup(weight, tf.tensor1d(rows, 'int32')); // [batch · time · time, heads]
  return tf.transpose(tf.reshape(found, [batch!, time!, time!, heads!]), [0, 3, 1, 2]);
}
