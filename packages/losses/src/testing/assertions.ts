import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

/** The values of a computation that leaves no tensor. */
export function computeValues(compute: () => tf.Tensor): number[] {
  return tf.tidy(() => [...compute().dataSync()]);
}

export function expectOneValuePerQuery(compute: () => tf.Tensor, query: number): void {
  expect(tf.tidy(() => compute().shape)).toEqual([query]);
}

/** Holds a check against each of the three queries that the suites ask. */
export function forEachQuery(check: (query: number) => void): void {
  for (const query of [0, 1, 2]) check(query);
}

/** Only this query's value may differ. */
export function expectOthersUnchanged(received: readonly number[], expected: readonly number[], query: number): void {
  const others = (values: readonly number[]) => values.filter((_, other) => other !== query);
  expect(others(received)).toEqual(others(expected));
}

/** The gradient of the summed loss in each of its inputs. */
export function expectFiniteGradients(loss: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: () => tf.Tensor[]): void {
  const gradients = tf.tidy(() =>
    tf
      .grads((...given) => tf.sum(loss(...given)))(inputs())
      .map((gradient) => [...gradient.dataSync()]),
  );
  for (const gradient of gradients) expect(gradient.every(Number.isFinite)).toBe(true);
}

export function expectNoTensorLeft(compute: () => void): void {
  compute(); // whatever the backend sets up once is there afterwards
  const before = tf.memory().numTensors;
  compute();
  expect(tf.memory().numTensors).toBe(before);
}
