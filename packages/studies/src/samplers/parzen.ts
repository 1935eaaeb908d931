// structure: one density, whose kernels share their arrays
import type { Rng } from '@footlight/core';
import { type Distribution, snap } from '../distributions.js';
import { logNormalMass, truncatedNormalQuantile } from '../numeric/normal.js';
import { toInterval } from './draw-uniformly.js';
import { createTerm, type Kernels, type NumericKernels, sumKernels } from './sum-kernels.js';
import type { Column } from './trial-columns.js';

/** How kernels are shaped. */
export interface ParzenOptions {
  /** Weight of the prior kernel, relative to an observation. */
  readonly priorWeight: number;
  /** Lower bound of the standard deviations: the range divided by the number of kernels + 1, at most by 100. */
  readonly magicClip: boolean;
  /** Whether the ends of the range count as neighbors of the smallest and the largest observation. */
  readonly endpoints: boolean;
}

/** Samples of several parameters: one array of internal values per parameter. */
export type Samples = readonly Float64Array[];

/** Density of the parameters. */
export interface Parzen {
  sample(rng: Rng, count: number): Samples;
  /** Logarithms of the density at samples. */
  logDensity(samples: Samples): Float64Array;
}

/**
 * Parzen estimator: a mixture of one product of kernels per observation, and a prior over the whole range.
 *
 * $$ p(x) = \sum_i w_i \prod_d k_d(x_d; \mu_{id}, \sigma_{id}) $$
 *
 * Numbers have normal kernels, truncated to the range; the deviation is the larger distance to the neighboring
 * observations. Choices have kernels with mass (1 + p) / (1 + pC) at the observation and p / (1 + pC) at the C − 1
 * others, where p is the weight of the prior divided by the number of kernels.
 *
 * @param members the numbers of the observed trials, ascending
 * @param weights the weights of the observations
 * @source Bergstra et al., NIPS 2011, https://papers.nips.cc/paper/4443; Watanabe 2023, https://arxiv.org/abs/2304.11127;
 *   bandwidths as in Optuna 5
 */
export function createParzen(
  space: readonly (readonly [Distribution, Column | undefined])[],
  members: Int32Array,
  weights: Float64Array,
  options: ParzenOptions,
): Parzen {
  const count = members.length;
  const shares = new Float64Array(count + 1).fill(count === 0 ? 1 : options.priorWeight);
  if (count > 0) shares.set(weights);
  const total = shares.reduce((sum, each) => sum + each, 0);
  const logShares = shares.map((each) => Math.log(each / total));
  const places = createPlaces(members);
  const kernels = space.map(([distribution, column]) => createKernels(distribution, column, members, places, options));

  function chooseKernel(rng: Rng): number {
    let rest = rng.next() * total;
    for (let at = 0; at < count; at++) {
      rest -= shares[at]!;
      if (rest < 0) return at;
    }
    return count;
  }

  return {
    sample(rng, samples) {
      const chosen = Int32Array.from({ length: samples }, () => chooseKernel(rng));
      const drawn = new Array<Float64Array>(kernels.length);
      for (const kind of ['categorical', 'numeric']) // in the order of Optuna
        for (const [at, each] of kernels.entries())
          if (each.kind === kind) drawn[at] = Float64Array.from(chosen, (kernel) => drawFrom(each, kernel, rng));
      return drawn;
    },
    logDensity(samples) {
      const base = logShares.slice();
      for (const each of kernels)
        if (each.kind === 'numeric' && each.distribution.step === null) subtract(base, each.constants);
      const terms = kernels.map((each, at) => createTerm(each, samples[at]!));
      terms.sort((one, other) => one.cost - other.cost);
      return sumKernels(base, terms, samples[0]!.length);
    },
  };
}

/** The kernel of each trial by its number, −1 for the others. */
function createPlaces(members: Int32Array): Int32Array {
  const places = new Int32Array((members.at(-1) ?? -1) + 1).fill(-1);
  for (let at = 0; at < members.length; at++) places[members[at]!] = at;
  return places;
}

function subtract(from: Float64Array, other: Float64Array): void {
  for (let at = 0; at < from.length; at++) from[at]! -= other[at]!;
}

function createKernels(
  distribution: Distribution,
  column: Column | undefined,
  members: Int32Array,
  places: Int32Array,
  options: ParzenOptions,
): Kernels {
  const count = members.length;
  if (distribution.kind === 'categorical') {
    const choices = distribution.choices.length;
    const share = options.priorWeight / (count + 1);
    const [hit, miss] = [(1 + share) / (1 + share * choices), share / (1 + share * choices)];
    const observed = new Int32Array(count);
    for (let at = 0; at < count; at++) observed[at] = column!.values[members[at]!]!;
    return { kind: 'categorical', choices, observed, hit, miss };
  }
  const [low, high] = toInterval(distribution);
  const means = new Float64Array(count + 1).fill((low + high) / 2);
  const deviations = new Float64Array(count + 1).fill(high - low);
  const constants = new Float64Array(count + 1).fill(computeConstant(low, high, (low + high) / 2, high - low));
  const order = new Int32Array(count + 1).fill(count);
  const kernels = { kind: 'numeric', distribution, low, high, means, deviations, constants, order } as const;
  if (count > 0) placeKernels(kernels, column!, members, places, options);
  return kernels;
}

/** Sets the mean and the deviation of the kernel of each observation. */
function placeKernels(
  { low, high, means, deviations, constants, order }: NumericKernels,
  column: Column,
  members: Int32Array,
  places: Int32Array,
  { magicClip, endpoints }: ParzenOptions,
): void {
  const count = members.length;
  const range = high - low;
  const smallest = magicClip ? range / Math.min(100, count + 2) : 1e-12;
  const isOpen = !endpoints && count > 1;
  sortMembers(column, members, places, order);
  forgetOtherRange(column, `${low} ${high}`);
  const { values, sigmas } = column;
  let left = 0;
  for (let at = 0; at < count; at++) {
    const kernel = order[at]!;
    const number = members[kernel]!;
    const mean = values[number]!;
    const right = (at < count - 1 ? values[members[order[at + 1]!]!]! : high) - mean;
    if (at === 0) left = mean - low;
    const gap = at === 0 && isOpen ? right : at === count - 1 && isOpen ? left : Math.max(left, right);
    const deviation = Math.min(range, Math.max(smallest, gap));
    if (sigmas[number] !== deviation) {
      sigmas[number] = deviation;
      column.constants[number] = computeConstant(low, high, mean, deviation);
    }
    means[kernel] = mean;
    deviations[kernel] = deviation;
    constants[kernel] = column.constants[number]!;
    left = right;
  }
}

/** Logarithm of the normalizing constant of a truncated normal distribution. */
function computeConstant(low: number, high: number, mean: number, deviation: number): number {
  const scale = Math.log(deviation) + 0.5 * Math.log(2 * Math.PI);
  // Within 8.3 deviations of both ends lies all of the mass that a number can tell from 1.
  if (mean - low > 8.3 * deviation && high - mean > 8.3 * deviation) return scale;
  return scale + logNormalMass((low - mean) / deviation, (high - mean) / deviation);
}

function forgetOtherRange(column: Column, range: string): void {
  if (column.range === range) return;
  column.range = range;
  column.sigmas.fill(Number.NaN);
}

/** Writes the kernels by ascending value: a few are sorted, many are picked from the order of all trials. */
function sortMembers(
  { order, count, values }: Column,
  members: Int32Array,
  places: Int32Array,
  into: Int32Array,
): void {
  if (members.length < 64) {
    const numbers = members.slice().sort((one, other) => values[one]! - values[other]!);
    for (let at = 0; at < numbers.length; at++) into[at] = places[numbers[at]!]!;
    return;
  }
  let at = 0;
  for (let i = 0; i < count; i++) {
    const kernel = places[order[i]!];
    if (kernel !== undefined && kernel >= 0) into[at++] = kernel;
  }
}

function drawFrom(kernels: Kernels, kernel: number, rng: Rng): number {
  if (kernels.kind === 'categorical') {
    const place = rng.next();
    const { observed, choices, hit, miss } = kernels;
    if (kernel >= observed.length) return Math.min(choices - 1, Math.floor(place * choices));
    const [choice, before] = [observed[kernel]!, observed[kernel]! * miss];
    if (place < before) return Math.floor(place / miss);
    if (place < before + hit) return choice;
    return Math.min(choices - 1, choice + 1 + Math.floor((place - before - hit) / miss));
  }
  const { distribution, low, high, means, deviations } = kernels;
  const [mean, deviation] = [means[kernel]!, deviations[kernel]!];
  const drawn = truncatedNormalQuantile(rng.next(), (low - mean) / deviation, (high - mean) / deviation);
  const value = mean + deviation * drawn;
  return snap(distribution, distribution.log ? Math.exp(value) : value);
}
