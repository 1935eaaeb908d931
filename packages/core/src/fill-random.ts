import { drawNormalPair } from './normal-pair.js';
import type { Rng } from './rng.js';

/**
 * Fills an array with normally distributed numbers and returns it.
 *
 * It uses both numbers of each pair of Marsaglia's polar method, so the numbers differ from those of repeated
 * `rng.normal`.
 *
 * @example
 * fillNormal(new Float32Array(5), createRng(42), 0, 0.1) // mean 0 (default), standard deviation 0.1 (default 1)
 */
export function fillNormal<T extends Float32Array | Float64Array>(array: T, rng: Rng, mean = 0, deviation = 1): T {
  for (let i = 0; i < array.length; i += 2) {
    const [first, second] = drawNormalPair(rng.next);
    array[i] = mean + deviation * first;
    if (i + 1 < array.length) array[i + 1] = mean + deviation * second;
  }
  return array;
}

/**
 * Fills an array with uniformly distributed numbers in [low, high), rounded to the precision of the array, and returns
 * it.
 *
 * @example
 * fillUniform(new Float32Array(5), createRng(42), -1, 1) // the defaults are 0 and 1
 */
export function fillUniform<T extends Float32Array | Float64Array>(array: T, rng: Rng, low = 0, high = 1): T {
  for (let i = 0; i < array.length; i++) array[i] = rng.uniform(low, high);
  return array;
}
