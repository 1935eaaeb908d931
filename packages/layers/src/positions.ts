import { assertInteger, assertNumber, assertShape, invalid, type Rng } from '@footlight/core';
import { type RaggedLayout, tf } from '@footlight/engine';
import { drawVariable, type Initializer, normal } from './initializers.js';
import type { Layer } from './types.js';

/** Options of `learnedPositions`. */
export interface LearnedPositionsOptions {
  /** The largest number of steps. */
  readonly count: number;
  /** Length of a vector. */
  readonly dim: number;
  /** Source of the first values. */
  readonly rng: Rng;
  /** First values of the vectors. Default `normal({ deviation: 1 / dim })`, as of the vectors of items. */
  readonly initializer?: Initializer;
}

/** A layer that tells the positions of steps apart. */
export interface LearnedPositions extends Layer {
  /** `apply` to real steps alone. @shape `[step, dim]` → `[step, dim]` */
  applySteps(steps: tf.Tensor2D, layout: RaggedLayout): tf.Tensor2D;
}

/**
 * Learned positions: adds a learned vector per position to the vector of each step.
 *
 * $$ y_t = x_t + p_{T - t}, \quad t = 1 \dots T $$
 *
 * Positions are counted from the last step, whose vector is $p_0$: histories of different lengths, padded on the left,
 * have the same vectors, whatever the padding.
 *
 * @example
 * learnedPositions({ count: 50, dim: 64, rng }).apply(steps) // [batch, time ≤ 50, 64] → the same
 * @shape `[batch, time, dim]` → `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, vectors do not have length `dim`, or
 *   there are more than `count` steps
 * @source Gehring et al. 2017, https://arxiv.org/abs/1705.03122, section 3.1
 */
export function learnedPositions(options: LearnedPositionsOptions): LearnedPositions {
  const { count, dim, rng } = options;
  assertInteger('learnedPositions(count)', count);
  assertInteger('learnedPositions(dim)', dim);
  const { initializer = normal({ deviation: 1 / dim }) } = options;
  const weight = drawVariable<tf.Rank.R2>([count, dim], initializer, rng.fork('weight')); // the last row is p₀
  const assertTime = (time: number) => {
    if (time > count)
      invalid('learnedPositions(input)', `at most count=${count} steps`, `${time}`, 'Cut off the oldest steps.');
  };
  return {
    parameters: { weight },
    apply: (input) =>
      tf.tidy(() => {
        const { time } = assertShape('learnedPositions(input)', input, ['batch', 'time', 'dim'], { dim });
        assertTime(time);
        return tf.add(input, tf.slice(weight, [count - time, 0], [time, dim]));
      }),
    applySteps: (steps, { positions, time }) =>
      tf.tidy(() => {
        assertShape('learnedPositions(steps)', steps, ['step', 'dim'], { step: positions.length, dim });
        assertTime(time);
        const rows = positions.map((position) => count - time + (position % time));
        return tf.add(steps, tf.gather(weight as tf.Tensor2D, tf.tensor1d(rows, 'int32')));
      }),
  };
}

/** Options of `rotaryPositions`. */
export interface RotaryPositionsOptions {
  /** Length of the vectors of one head, even. */
  readonly dim: number;
  /** Ratio of the slowest to the fastest wavelength, above 1. Default 10,000. */
  readonly base?: number;
}

/**
 * Rotary positions: turns pairs of entries of queries and keys by angles that grow with the step, so that their
 * products depend on the distance of two steps and not on where they are.
 *
 * $$ (y_i, y_{i + d/2}) = (x_i \cos \theta_{ti} - x_{i + d/2} \sin \theta_{ti}, \; x_{i + d/2} \cos \theta_{ti} + x_i \sin \theta_{ti}), \quad \theta_{ti} = t \, b^{-2i/d} $$
 *
 * t is the step, i = 0 … d/2 − 1, d the length of the vectors of a head and b the base. It has no parameters.
 *
 * @example
 * rotaryPositions({ dim: 32 }).apply(queries) // two heads: [batch, time, 64] → the same; likewise the keys
 * @shape `[batch, time, heads · dim]` → `[batch, time, heads · dim]`
 * @throws {RecsysError} `invalid-argument` if `dim` is not a positive even integer, `base` is not above 1, or vectors
 *   have another length than a multiple of `dim`
 * @source Su et al. 2021, https://arxiv.org/abs/2104.09864, eq. 34, with pairs (i, i + d/2) as in GPT-NeoX
 */
export function rotaryPositions({ dim, base = 10_000 }: RotaryPositionsOptions): Layer {
  assertInteger('rotaryPositions(dim)', dim);
  if (dim % 2 !== 0) invalid('rotaryPositions(dim)', 'an even integer', `${dim}`);
  assertNumber('rotaryPositions(base)', base, { above: 1 });
  const half = dim / 2;
  return {
    parameters: {},
    apply: (input) =>
      tf.tidy(() => {
        const { batch, time, width } = assertShape('rotaryPositions(input)', input, ['batch', 'time', 'width']);
        if (width % dim !== 0) invalid('rotaryPositions(input)', `vectors of a multiple of ${dim}`, `${width}`);
        const times = Int32Array.from({ length: time }, (_, at) => at);
        const [cos, sin] = listAngles(times, half, base).map((each) => tf.reshape(each, [1, time, 1, half]));
        const heads = tf.reshape(input, [batch, time, width / dim, dim]);
        return tf.reshape(rotate(heads, cos!, sin!), input.shape);
      }),
  };
}

/** `rotaryPositions` of steps at given times. @shape `[step, heads · dim]`, times `[step]` → `[step, heads · dim]` */
export function rotateSteps(
  vectors: tf.Tensor2D,
  times: Int32Array,
  { dim, base = 10_000 }: RotaryPositionsOptions,
): tf.Tensor2D {
  const [step, width] = vectors.shape;
  const [cos, sin] = listAngles(times, dim / 2, base).map((each) => tf.reshape(each, [step, 1, dim / 2]));
  return tf.reshape(rotate(tf.reshape(vectors, [step, width / dim, dim]), cos!, sin!), vectors.shape);
}

/** Turns pairs of entries, the first half of the last axis with the second. */
function rotate(vectors: tf.Tensor, cos: tf.Tensor, sin: tf.Tensor): tf.Tensor {
  const axis = vectors.rank - 1;
  const [first, second] = tf.split(vectors, 2, axis) as [tf.Tensor, tf.Tensor];
  return tf.concat(
    [tf.sub(tf.mul(first, cos), tf.mul(second, sin)), tf.add(tf.mul(second, cos), tf.mul(first, sin))],
    axis,
  );
}

/** Cosines and sines of the angles t · base^(−i / half), computed in 64-bit floats. @shape → `[step, half]` each */
function listAngles(times: Int32Array, half: number, base: number): [tf.Tensor, tf.Tensor] {
  const angles = Float32Array.from({ length: times.length * half }, (_, at) => {
    const angle = times[Math.floor(at / half)]! * base ** -((at % half) / half);
    return angle % (2 * Math.PI);
  });
  const all = tf.tensor2d(angles, [times.length, half]);
  return [tf.cos(all), tf.sin(all)];
}
