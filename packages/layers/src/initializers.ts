import { invalid, type Rng } from '@footlight/core';
import { createVariable, fillNormal, fillUniform } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';

/** Where the first values of a parameter come from. */
export interface Initializer {
  /** @returns values of a tensor of this shape, row by row: `room`, which holds zeros, or an array of its own */
  draw(shape: readonly number[], rng: Rng, room?: Float32Array): Float32Array;
}

/** All zero. */
export function zeros(): Initializer {
  return { draw: (shape, _rng, room = allocate(shape)) => room };
}

export interface NormalOptions {
  /** Standard deviation, from 0. */
  readonly deviation: number;
  /** Default 0. */
  readonly mean?: number;
}

/** Normally distributed. */
export function normal({ deviation, mean = 0 }: NormalOptions): Initializer {
  assertDeviation('normal', deviation);
  return { draw: (shape, rng, room = allocate(shape)) => fillNormal(room, rng, mean, deviation) };
}

export interface UniformOptions {
  /** Inclusive. */
  readonly low: number;
  /** Exclusive. */
  readonly high: number;
}

/** Uniform between two bounds. */
export function uniform({ low, high }: UniformOptions): Initializer {
  if (!(low < high && Number.isFinite(high - low)))
    invalid('uniform(low, high)', 'low below high', `${low} and ${high}`);
  return { draw: (shape, rng, room = allocate(shape)) => fillUniform(room, rng, low, high) };
}

/**
 * Uniform within ±√(6 / (inputs + outputs)), also known as Xavier.
 *
 * @source Glorot and Bengio, AISTATS 2010, https://proceedings.mlr.press/v9/glorot10a.html, eq. 16
 */
export function glorotUniform(): Initializer {
  return createSymmetricUniform((inputs, outputs) => Math.sqrt(6 / (inputs + outputs)));
}

/**
 * Normal with variance 2 / (inputs + outputs), also known as Xavier.
 *
 * @source Glorot and Bengio, AISTATS 2010, https://proceedings.mlr.press/v9/glorot10a.html, eq. 12
 */
export function glorotNormal(): Initializer {
  return {
    draw(shape, rng, room) {
      const { inputs, outputs } = computeFans(shape);
      return normal({ deviation: Math.sqrt(2 / (inputs + outputs)) }).draw(shape, rng, room);
    },
  };
}

/** Uniform within ±1/√inputs: what PyTorch gives a linear layer or a convolution. */
export function fanInUniform(): Initializer {
  return createSymmetricUniform((inputs) => 1 / Math.sqrt(inputs));
}

/** Checks a standard deviation. */
export function assertDeviation(where: string, deviation: number): void {
  if (!(deviation >= 0 && deviation < Infinity)) invalid(`${where}(deviation)`, 'a finite number from 0', deviation);
}

/** A variable with first values drawn from an initializer. */
export function drawVariable<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  initializer: Initializer,
  rng: Rng,
): tf.Variable<R> {
  return createVariable<R>(shape, (room) => initializer.draw(shape, rng, room));
}

function createSymmetricUniform(limitOf: (inputs: number, outputs: number) => number): Initializer {
  return {
    draw(shape, rng, room) {
      const { inputs, outputs } = computeFans(shape);
      const limit = limitOf(inputs, outputs);
      return uniform({ low: -limit, high: limit }).draw(shape, rng, room);
    },
  };
}

/** Numbers that flow into and out of one unit: [inputs, outputs], or [...window, inputs, outputs] of a convolution. */
function computeFans(shape: readonly number[]): { inputs: number; outputs: number } {
  if (shape.length < 2)
    invalid(
      'initializer(shape)',
      'at least the axes [input, output]',
      `[${shape.join(', ')}]`,
      'Give a bias zeros() or normal().',
    );
  const [inputs, outputs] = shape.slice(-2) as [number, number];
  const window = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { inputs: window * inputs, outputs: window * outputs };
}

function allocate(shape: readonly number[]): Float32Array {
  return new Float32Array(tf.util.sizeFromShape([...shape]));
}
