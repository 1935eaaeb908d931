import {
  assertNumber,
  fillNormal as fillNormalOneByOne,
  fillUniform as fillUniformOneByOne,
  type Rng,
} from '@footlight/core';
import { allocate, countValues, toTensor } from './memory.js';
import { runKernel } from './run-kernel.js';
import type { tf } from './tfjs/tfjs.js';

// Random arrays. Every backend gives the same numbers and leaves the generator in the same state.

/**
 * Fills an array with normally distributed numbers, as `fillNormal` of `@footlight/core` does, faster on the backends
 * native and wasm. Defaults: mean 0, deviation 1.
 */
export function fillNormal(values: Float32Array, rng: Rng, mean = 0, deviation = 1): Float32Array {
  assertNumber('fillNormal(mean)', mean);
  assertNumber('fillNormal(deviation)', deviation, { from: 0 });
  return runKernel('fillNormal', { values, rng, mean, deviation }, () =>
    fillNormalOneByOne(values, rng, mean, deviation),
  );
}

/**
 * Fills an array with uniformly distributed numbers, as `fillUniform` of `@footlight/core` does, faster on the backends
 * native and wasm. Defaults: 0 and 1.
 */
export function fillUniform(values: Float32Array, rng: Rng, low = 0, high = 1): Float32Array {
  assertNumber('fillUniform(low)', low);
  assertNumber('fillUniform(high)', high);
  return runKernel('fillUniform', { values, rng, low, high }, () => fillUniformOneByOne(values, rng, low, high));
}

/** Draws a tensor of normally distributed numbers, with mean 0 and deviation 1. */
export function drawNormalTensor<R extends tf.Rank>(shape: tf.ShapeMap[R], rng: Rng): tf.Tensor<R> {
  return toTensor(fillNormal(allocate(countValues('drawNormalTensor', shape)), rng), shape) as tf.Tensor<R>;
}

/** Draws a dropout mask: 0 with probability `rate`, else 1 / (1 − rate). */
export function drawDropoutMask<R extends tf.Rank>(shape: tf.ShapeMap[R], rate: number, rng: Rng): tf.Tensor<R> {
  assertNumber('drawDropoutMask(rate)', rate, { from: 0, below: 1 });
  const values = allocate(countValues('drawDropoutMask', shape));
  return toTensor(runKernel('fillDropoutMask', { values, rng, rate }, fillDropoutMask), shape) as tf.Tensor<R>;
}

function fillDropoutMask(inputs: {
  readonly values: Float32Array;
  readonly rng: Rng;
  readonly rate: number;
}): Float32Array {
  const { values, rng, rate } = inputs;
  const scale = 1 / (1 - rate);
  for (let i = 0; i < values.length; i++) values[i] = rng.next() < rate ? 0 : scale;
  return values;
}
