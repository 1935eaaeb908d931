import { assertInteger, assertNumber, type NumpyRandom, numpyRandom } from '@footlight/core';
import { assertSeed } from '../assert-seed.js';
import type { Dataset } from '../types.js';
import { sampleNumpyGamma } from './sample-numpy-gamma.js';

export interface MarkovSequencesOptions {
  /** Number of users. Default 100. */
  readonly users?: number;
  /** Number of items; item 0 has no interactions. Default 1000. */
  readonly items?: number;
  /** Number of interactions. Default 10,000. */
  readonly interactions?: number;
  /**
   * Concentration of the Dirichlet distribution of the transitions from an item: the closer to 0, the more predictable.
   * Default 0.1.
   */
  readonly concentration?: number;
  /** Number of last items on which the next one depends. Default 3. */
  readonly order?: number;
  /** Seed of the numpy generator. Default 42. */
  readonly seed?: number;
}

const NORMALIZATIONS = 100;
const TOLERANCE = 0.001;

/**
 * Synthetic sequences of a Markov chain: the next item depends on the last items, and every item is equally frequent.
 *
 * $$ P(j) = \frac{1}{\text{order}} \sum_{i \in \text{last items}} T_{ij} $$
 *
 * where T is doubly stochastic: Dirichlet rows whose columns and rows are normalized in turn. One long chain is cut
 * into users. The timestamp is the row number, every rating is 1.
 *
 * @source Spotlight, `generate_sequential`, https://github.com/maciejkula/spotlight: the same numbers for the same seed
 */
export function markovSequences(options: MarkovSequencesOptions = {}): Dataset {
  const {
    users: userCount = 100,
    items: itemCount = 1000,
    interactions: count = 10_000,
    concentration = 0.1,
    order = 3,
    seed = 42,
  } = options;
  assertInteger('markovSequences(users)', userCount);
  assertInteger('markovSequences(items)', itemCount, { minimum: 2 });
  assertInteger('markovSequences(interactions)', count);
  assertInteger('markovSequences(order)', order);
  assertNumber('markovSequences(concentration)', concentration, { above: 0 });
  assertSeed('markovSequences', seed);
  return {
    name: `markov-sequences(${userCount} users, ${itemCount} items)`,
    protocol: {
      source: 'markov-sequences',
      users: userCount,
      items: itemCount,
      interactions: count,
      concentration,
      order,
      seed,
    },
    columns: { ratings: true, timestamps: true },
    async load() {
      const random = numpyRandom(seed);
      const steps = createCumulativeSteps(itemCount - 1, concentration, random);
      const users = Int32Array.from(random.randint(0, userCount, count)).sort();
      const items = sampleItems(count, steps, itemCount - 1, order, random);
      return {
        catalogue: {
          userCount,
          itemCount,
          userIds: Int32Array.from({ length: userCount }, (_, id) => id),
          itemIds: Int32Array.from({ length: itemCount }, (_, id) => id),
        },
        users,
        items,
        ratings: new Float32Array(count).fill(1),
        timestamps: Float64Array.from({ length: count }, (_, row) => row),
      };
    },
  };
}

/** The cumulative transition matrix, Σ_{k ≤ j} T_ik, `[state, state]`. */
function createCumulativeSteps(size: number, concentration: number, random: NumpyRandom): Float64Array {
  const steps = sampleDirichletRows(size, concentration, random);
  for (let round = 0; round < NORMALIZATIONS && !isDoublyStochastic(steps, size); round++) {
    const columns = sumColumns(steps, size);
    for (let at = 0; at < steps.length; at++) steps[at] = steps[at]! / columns[at % size]!;
    for (let row = 0; row < size; row++) normalize(steps.subarray(row * size, (row + 1) * size));
  }
  for (let row = 0; row < size; row++)
    for (let at = row * size + 1; at < (row + 1) * size; at++) steps[at] = steps[at]! + steps[at - 1]!;
  return steps;
}

function sampleDirichletRows(size: number, concentration: number, random: NumpyRandom): Float64Array {
  const rows = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const shares = rows.subarray(row * size, (row + 1) * size);
    for (let at = 0; at < size; at++) shares[at] = sampleNumpyGamma(random, concentration);
    const inverse = 1 / sum(shares);
    for (let at = 0; at < size; at++) shares[at] = shares[at]! * inverse;
  }
  return rows;
}

function isDoublyStochastic(steps: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++)
    if (Math.abs(1 - sum(steps.subarray(row * size, (row + 1) * size))) >= TOLERANCE) return false;
  return sumColumns(steps, size).every((column) => Math.abs(1 - column) < TOLERANCE);
}

function sumColumns(steps: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let row = 0; row < size; row++) for (let at = 0; at < size; at++) sums[at] = sums[at]! + steps[row * size + at]!;
  return sums;
}

function normalize(shares: Float64Array): void {
  const total = sum(shares);
  for (let at = 0; at < shares.length; at++) shares[at] = shares[at]! / total;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at]!;
  return total;
}

/** Samples the chain. States are numbered from 0, items from 1. */
function sampleItems(count: number, steps: Float64Array, size: number, order: number, random: NumpyRandom): Int32Array {
  const draws = random.rand(count);
  const recent = Int32Array.from(random.randint(0, size, order));
  const items = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const next = Math.min(size - 1, findState(draws[row]!, steps, size, recent));
    recent.copyWithin(0, 1);
    recent[order - 1] = next;
    items[row] = next + 1;
  }
  return items;
}

/** The first state at which the mean of the cumulative rows of the recent states reaches the draw, by binary search. */
function findState(draw: number, steps: Float64Array, size: number, recent: Int32Array): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    let reached = 0;
    for (let at = 0; at < recent.length; at++) reached += steps[recent[at]! * size + middle]!;
    if (reached / recent.length < draw) low = middle + 1;
    else high = middle;
  }
  return low;
}
