import { createRng, type Rng } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

// Whether the native backend computes what the cpu backend computes, case by case at random; shared by tests.

/** Numbers and a shape, of which each backend makes a tensor of its own. */
export interface Given {
  readonly values: Float32Array | Int32Array | Uint8Array;
  readonly shape: number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
}

export interface Case {
  readonly given: readonly Given[];
  compute(tensors: tf.Tensor[]): tf.Tensor | tf.Tensor[];
  /** Relative; times the size of what is added up, where that is much. */
  readonly tolerance?: number;
}

/** A case at random. */
export type Make = (rng: Rng) => Case;

export const product = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 88, -88, 100, -100, 1, -1];

export function floats(rng: Rng, shape: number[], special = 0.02): Given {
  const values = Float32Array.from({ length: product(shape) }, () =>
    rng.next() < special ? specials[rng.integer(specials.length)]! : rng.normal(0, rng.next() < 0.5 ? 1 : 20),
  );
  return { values, shape, dtype: 'float32' };
}

/** Numbers around 1: what adds up many of them loses no digit that a test looks at. */
export function plain(rng: Rng, shape: number[]): Given {
  return { values: Float32Array.from({ length: product(shape) }, () => rng.normal(0, 1)), shape, dtype: 'float32' };
}

export function ints(rng: Rng, shape: number[], bound: number): Given {
  return { values: Int32Array.from({ length: product(shape) }, () => rng.integer(bound)), shape, dtype: 'int32' };
}

export function bools(rng: Rng, shape: number[]): Given {
  return { values: Uint8Array.from({ length: product(shape) }, () => rng.integer(2)), shape, dtype: 'bool' };
}

/** Rank 0 to 6, sometimes without entries. */
export function someShape(rng: Rng, lowest = 0, highest = 6): number[] {
  const rank = lowest + rng.integer(highest - lowest + 1);
  return Array.from({ length: rank }, () => (rng.next() < 0.01 ? 0 : [1, 2, 3, 5, 7][rng.integer(rank > 4 ? 4 : 5)]!));
}

/** A shape that is broadcast to the one given. */
export function repeatable(rng: Rng, shape: readonly number[]): number[] {
  return shape.map((size) => (rng.next() < 0.3 ? 1 : size)).slice(rng.next() < 0.3 ? rng.integer(shape.length + 1) : 0);
}

export function shuffledPair<T>(rng: Rng, a: T, b: T): [T, T] {
  return rng.next() < 0.5 ? [a, b] : [b, a];
}

interface Result {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: ArrayLike<number>;
}

function compute({ given, compute }: Case): Result[] | string {
  try {
    return tf.tidy(() => {
      const tensors = given.map(({ values, shape, dtype }) => tf.tensor(values.slice(), shape, dtype));
      return [compute(tensors)]
        .flat()
        .map((tensor) => ({ shape: tensor.shape, dtype: tensor.dtype, values: tensor.dataSync().slice() }));
    });
  } catch {
    return 'refused';
  }
}

/** One value or the other: also not-a-number, and infinity, must be the same. */
function agree(here: number, there: number, tolerance: number): boolean {
  if (Object.is(here, there) || here === there) return true;
  return Math.abs(here - there) <= Math.max(1e-37, tolerance * Math.abs(there), tolerance > 2e-6 ? tolerance : 0);
}

/** Fails unless both backends agree in the case that the seed makes. */
export async function hold(cases: Readonly<Record<string, Make>>, name: string, seed: number): Promise<void> {
  const example = cases[name]!(createRng(`${name} ${seed}`));
  await tf.setBackend('cpu');
  const there = compute(example);
  await tf.setBackend('native');
  const here = compute(example);
  const told = () => `${name}, seed ${seed}, shapes ${JSON.stringify(example.given.map(({ shape }) => shape))}`;
  if (typeof there === 'string' || typeof here === 'string') {
    // tfjs's cpu kernels cannot do everything with tensors without entries, so native may do more, never less.
    if (typeof here === 'string' && typeof there !== 'string') expect.fail(`${told()}: refused`);
    return;
  }
  here.forEach(({ shape, dtype, values }, which) => {
    const other = there[which]!;
    if (`${shape} ${dtype}` !== `${other.shape} ${other.dtype}`)
      expect.fail(`${told()}: [${shape}] ${dtype} where cpu has [${other.shape}] ${other.dtype}`);
    if (values.length !== product(shape)) expect.fail(`${told()}: ${values.length} values`);
    for (let at = 0; at < values.length; at++)
      if (!agree(values[at]!, other.values[at]!, example.tolerance ?? 1e-6))
        expect.fail(`${told()}: ${values[at]} where cpu has ${other.values[at]}, output ${which}, entry ${at}`);
  });
}
