import type { Rng } from '@footlight/core';
import { type Distribution, type NumericDistribution, snap } from '../distributions.js';

/** The interval of a parameter in the scale of its search: values with a step reach half a step beyond both ends. */
export function toInterval({ low, high, log, step }: NumericDistribution): readonly [low: number, high: number] {
  const half = (step ?? 0) / 2;
  return log ? [Math.log(low - half), Math.log(high + half)] : [low - half, high + half];
}

/** The internal value at a place of the interval, from 0 to 1. */
export function fromUnit(distribution: Distribution, unit: number): number {
  if (distribution.kind === 'categorical')
    return Math.min(distribution.choices.length - 1, Math.floor(unit * distribution.choices.length));
  const [low, high] = toInterval(distribution);
  const place = low + unit * (high - low);
  return snap(distribution, distribution.log ? Math.exp(place) : place);
}

/** The place of a value in the interval, from 0 to 1. */
export function toUnit(distribution: NumericDistribution, value: number): number {
  const [low, high] = toInterval(distribution);
  return ((distribution.log ? Math.log(value) : value) - low) / (high - low);
}

/** Draws an internal value uniformly, in the logarithm if the distribution says so. */
export function drawUniformly(distribution: Distribution, rng: Rng): number {
  return fromUnit(distribution, rng.next());
}
