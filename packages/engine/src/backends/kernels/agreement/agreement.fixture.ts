import { createRng, type Rng } from '@footlight/core';
import { expect } from 'vitest';
import { tf } from '../../../tfjs/tfjs.js';

// Compares the backends of the kernels with the cpu backend in random cases; shared by tests.

/** Numbers and a shape, from which each backend makes its own tensor. */
export interface Given {
  readonly values: Float32Array | Int32Array | Uint8Array;
  readonly shape: number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
}

export interface Case {
  readonly given: readonly Given[];
  compute(tensors: tf.Tensor[]): tf.Tensor | tf.Tensor[];
  /** Relative error, multiplied by the number of terms of long sums. Default 1e-6. */
  readonly tolerance?: number;
}

/** Draws a case. */
export type Make = (rng: Rng) => Case;

export const countNumbers = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 88, -88, 100, -100, 1, -1];

export function drawFloats(rng: Rng, shape: number[], special = 0.02): Given {
  const values = Float32Array.from({ length: countNumbers(shape) }, () =>
    rng.next() < special ? specials[rng.integer(specials.length)]! : rng.normal(0, rng.next() < 0.5 ? 1 : 20),
  );
  return { values, shape, dtype: 'float32' };
}

/** Draws numbers around 1, whose sums do not lose digits. */
export function drawPlain(rng: Rng, shape: number[]): Given {
  return {
    values: Float32Array.from({ length: countNumbers(shape) }, () => rng.normal(0, 1)),
    shape,
    dtype: 'float32',
  };
}

export function drawInts(rng: Rng, shape: number[], bound: number): Given {
  return { values: Int32Array.from({ length: countNumbers(shape) }, () => rng.integer(bound)), shape, dtype: 'int32' };
}

export function drawBools(rng: Rng, shape: number[]): Given {
  return { values: Uint8Array.from({ length: countNumbers(shape) }, () => rng.integer(2)), shape, dtype: 'bool' };
}

/** Draws a shape of rank 0 to 6, sometimes without entries. */
export function drawShape(rng: Rng, lowest = 0, highest = 6): number[] {
  const rank = lowest + rng.integer(highest - lowest + 1);
  return Array.from({ length: rank }, () => (rng.next() < 0.01 ? 0 : [1, 2, 3, 5, 7][rng.integer(rank > 4 ? 4 : 5)]!));
}

/** Draws a shape that broadcasts to the given one. */
export function drawBroadcastShape(rng: Rng, shape: readonly number[]): number[] {
  return shape.map((size) => (rng.next() < 0.3 ? 1 : size)).slice(rng.next() < 0.3 ? rng.integer(shape.length + 1) : 0);
}

export function shufflePair<T>(rng: Rng, a: T, b: T): [T, T] {
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

/** Compares two numbers, NaN and infinity included. */
function isClose(actual: number, expected: number, tolerance: number): boolean {
  if (Object.is(actual, expected) || actual === expected) return true;
  return (
    Math.abs(actual - expected) <= Math.max(1e-37, tolerance * Math.abs(expected), tolerance > 2e-6 ? tolerance : 0)
  );
}

/** Fails unless a backend agrees with cpu in the case that the seed draws. */
export async function expectAgreement(
  backend: string,
  cases: Readonly<Record<string, Make>>,
  name: string,
  seed: number,
): Promise<void> {
  const example = cases[name]!(createRng(`${name} ${seed}`));
  await tf.setBackend('cpu');
  const expected = compute(example);
  await tf.setBackend(backend);
  const actual = compute(example);
  const describeCase = () => `${name}, seed ${seed}, shapes ${JSON.stringify(example.given.map(({ shape }) => shape))}`;
  if (typeof expected === 'string' || typeof actual === 'string') {
    // tfjs's cpu kernels do not support every operation on empty tensors, so kernels may support more, never less.
    if (typeof actual === 'string' && typeof expected !== 'string') expect.fail(`${describeCase()}: refused`);
    return;
  }
  actual.forEach(({ shape, dtype, values }, which) => {
    const other = expected[which]!;
    if (`${shape} ${dtype}` !== `${other.shape} ${other.dtype}`)
      expect.fail(`${describeCase()}: [${shape}] ${dtype} where cpu has [${other.shape}] ${other.dtype}`);
    if (values.length !== countNumbers(shape)) expect.fail(`${describeCase()}: ${values.length} values`);
    for (let at = 0; at < values.length; at++)
      if (!isClose(values[at]!, other.values[at]!, example.tolerance ?? 1e-6))
        expect.fail(`${describeCase()}: ${values[at]} where cpu has ${other.values[at]}, output ${which}, entry ${at}`);
  });
}
