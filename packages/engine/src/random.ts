import { fillNormal as fillNormalOneByOne, fillUniform as fillUniformOneByOne, type Rng } from '@footlight/core';
import type { Kernels } from '@footlight/native';
import * as tf from '@tensorflow/tfjs';
import { allocate, toTensor } from './memory.js';
import { kernelsInUse } from './ops/row-sums.js';

// Random numbers by the array: the same from every backend, and the same draws follow them.

/** `fillNormal` of `@footlight/core`, in C++ on the native backend. Defaults: mean 0, deviation 1. */
export function fillNormal(values: Float32Array, rng: Rng, mean = 0, deviation = 1): Float32Array {
  const filled = drawAtOnce(rng, (kernels, state) => kernels.fillNormal(values, state, mean, deviation));
  return filled ? values : fillNormalOneByOne(values, rng, mean, deviation);
}

/** `fillUniform` of `@footlight/core`, in C++ on the native backend. Defaults: 0 and 1. */
export function fillUniform(values: Float32Array, rng: Rng, low = 0, high = 1): Float32Array {
  const filled = drawAtOnce(rng, (kernels, state) => kernels.fillUniform(values, state, low, high));
  return filled ? values : fillUniformOneByOne(values, rng, low, high);
}

/** Normally distributed numbers, of mean 0 and deviation 1, as a tensor. */
export function drawNormalTensor<R extends tf.Rank>(shape: tf.ShapeMap[R], rng: Rng): tf.Tensor<R> {
  return toTensor(fillNormal(allocate(tf.util.sizeFromShape(shape)), rng), shape) as tf.Tensor<R>;
}

/** What dropout multiplies by: 0 with probability `rate`, else 1 / (1 − rate). */
export function drawDropoutMask<R extends tf.Rank>(shape: tf.ShapeMap[R], rate: number, rng: Rng): tf.Tensor<R> {
  const mask = allocate(tf.util.sizeFromShape(shape));
  const filled = drawAtOnce(rng, (kernels, state) => kernels.fillMask(mask, state, rate));
  return toTensor(filled ? mask : fillMaskOneByOne(mask, rng, rate), shape) as tf.Tensor<R>;
}

function fillMaskOneByOne(mask: Float32Array, rng: Rng, rate: number): Float32Array {
  const kept = 1 / (1 - rate);
  for (let i = 0; i < mask.length; i++) mask[i] = rng.next() < rate ? 0 : kept;
  return mask;
}

/** Draws in C++ where the backend in use is made of it and the generator shows its state. @returns whether it did */
function drawAtOnce(rng: Rng, draw: (kernels: Kernels, state: Int32Array) => void): boolean {
  const kernels = kernelsInUse();
  if (!kernels || !rng.advance) return false;
  rng.advance((state) => draw(kernels, state));
  return true;
}
