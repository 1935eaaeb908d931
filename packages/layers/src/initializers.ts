import { assertInteger, assertNumber, invalid, type Rng } from '@footlight/core';
import { createVariable, fillNormal, fillUniform, tf } from '@footlight/engine';

/** Draws the first values of a parameter. */
export interface Initializer {
  /**
   * Draws the values of a tensor of this shape, row by row.
   *
   * `shape` is `[input, output]`, or `[...window, input, output]` for a convolution; `zeros`, `normal` and `uniform`
   * accept any. Fills `into`, an array of zeros of that size, if it is given, else a new array; returns the array that
   * it filled.
   */
  draw(shape: readonly number[], rng: Rng, into?: Float32Array): Float32Array;
}

/**
 * Zero initializer: sets all values to zero.
 *
 * @example
 * zeros().draw([2], createRng(42)) // 0, 0
 */
export function zeros(): Initializer {
  return { draw: (shape, _rng, into = allocate(shape)) => into };
}

/** Options of `normal`. */
export interface NormalOptions {
  /** Standard deviation, from 0. */
  readonly deviation: number;
  /** Mean. Default 0. */
  readonly mean?: number;
}

/**
 * Normal initializer: draws values from a normal distribution.
 *
 * $$ w \sim N(\text{mean}, \text{deviation}^2) $$
 *
 * @example
 * normal({ deviation: 0.1 }).draw([3, 5], createRng(42)) // 15 numbers
 * @throws {RecsysError} `invalid-argument` if `deviation` is negative or not finite
 */
export function normal({ deviation, mean = 0 }: NormalOptions): Initializer {
  assertNumber('normal(mean)', mean);
  assertDeviation('normal', deviation);
  return { draw: (shape, rng, into = allocate(shape)) => fillNormal(into, rng, mean, deviation) };
}

/** Options of `uniform`. */
export interface UniformOptions {
  /** Lower bound, inclusive. */
  readonly low: number;
  /** Upper bound, exclusive. */
  readonly high: number;
}

/**
 * Uniform initializer: draws values from a uniform distribution between two bounds.
 *
 * $$ w \sim U(\text{low}, \text{high}) $$
 *
 * @example
 * uniform({ low: -0.05, high: 0.05 }).draw([3, 5], createRng(42)) // 15 numbers
 * @throws {RecsysError} `invalid-argument` if `low` is not below `high`, or if a bound is not finite
 */
export function uniform({ low, high }: UniformOptions): Initializer {
  assertNumber('uniform(low)', low);
  assertNumber('uniform(high)', high);
  if (!(low < high && Number.isFinite(high - low)))
    invalid('uniform(low, high)', 'low below high', `${low} and ${high}`);
  return { draw: (shape, rng, into = allocate(shape)) => fillUniform(into, rng, low, high) };
}

/**
 * Glorot (Xavier) uniform initializer: draws values from a uniform distribution within ±√(6 / (inputs + outputs)).
 *
 * @shape `[input, output]`, or `[...window, input, output]` for a convolution
 * @throws {RecsysError} `invalid-argument` from `draw` if the shape has fewer than two axes
 * @source Glorot and Bengio, AISTATS 2010, https://proceedings.mlr.press/v9/glorot10a.html, eq. 16
 */
export function glorotUniform(): Initializer {
  return createSymmetricUniform((inputs, outputs) => Math.sqrt(6 / (inputs + outputs)));
}

/**
 * Glorot (Xavier) normal initializer: draws values from a normal distribution with variance 2 / (inputs + outputs).
 *
 * @shape `[input, output]`, or `[...window, input, output]` for a convolution
 * @throws {RecsysError} `invalid-argument` from `draw` if the shape has fewer than two axes
 * @source Glorot and Bengio, AISTATS 2010, https://proceedings.mlr.press/v9/glorot10a.html, eq. 12
 */
export function glorotNormal(): Initializer {
  return {
    draw(shape, rng, into) {
      const { inputs, outputs } = computeFans(shape);
      return normal({ deviation: Math.sqrt(2 / (inputs + outputs)) }).draw(shape, rng, into);
    },
  };
}

/**
 * Fan-in uniform initializer: draws values from a uniform distribution within ±1/√inputs.
 *
 * @shape `[input, output]`, or `[...window, input, output]` for a convolution
 * @throws {RecsysError} `invalid-argument` from `draw` if the shape has fewer than two axes
 * @source PyTorch, `nn.Linear` and `nn.Conv1d`, https://pytorch.org/docs/stable/generated/torch.nn.Linear.html
 */
export function fanInUniform(): Initializer {
  return createSymmetricUniform((inputs) => 1 / Math.sqrt(inputs));
}

/** Checks a standard deviation. */
export function assertDeviation(where: string, deviation: number): void {
  assertNumber(`${where}(deviation)`, deviation, { from: 0 });
}

/**
 * Creates a variable and draws its first values from an initializer.
 *
 * @example
 * drawVariable<tf.Rank.R2>([3, 5], glorotUniform(), rng.fork('weight')) // [3, 5]
 */
export function drawVariable<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  initializer: Initializer,
  rng: Rng,
): tf.Variable<R> {
  return createVariable<R>(shape, (into) => initializer.draw(shape, rng, into));
}

function createSymmetricUniform(computeLimit: (inputs: number, outputs: number) => number): Initializer {
  return {
    draw(shape, rng, into) {
      const { inputs, outputs } = computeFans(shape);
      const limit = computeLimit(inputs, outputs);
      return uniform({ low: -limit, high: limit }).draw(shape, rng, into);
    },
  };
}

/** Computes fan-in and fan-out. @shape `[input, output]`, or `[...window, input, output]` for a convolution */
function computeFans(shape: readonly number[]): { inputs: number; outputs: number } {
  if (shape.length < 2)
    invalid(
      'initializer(shape)',
      'at least the axes [input, output]',
      `[${shape.join(', ')}]`,
      'Initialize a bias with zeros() or normal().',
    );
  const [inputs, outputs] = shape.slice(-2) as [number, number];
  const window = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { inputs: window * inputs, outputs: window * outputs };
}

function allocate(shape: readonly number[]): Float32Array {
  for (const size of shape) assertInteger('initializer(shape)', size, { minimum: 0 });
  return new Float32Array(tf.util.sizeFromShape([...shape]));
}
