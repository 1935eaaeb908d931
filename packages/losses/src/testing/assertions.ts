import { tf } from '@footlight/engine';
import { expect } from 'vitest';

/** Computes a tensor, returns its values and frees all tensors. */
export function computeValues(compute: () => tf.Tensor): number[] {
  return tf.tidy(() => [...compute().dataSync()]);
}

/** Expects a tensor of shape `[query]`. */
export function expectOneValuePerQuery(compute: () => tf.Tensor, query: number): void {
  expect(tf.tidy(() => compute().shape)).toEqual([query]);
}

/** Runs a check for each of the three queries of the suites. */
export function forEachQuery(check: (query: number) => void): void {
  for (const query of [0, 1, 2]) check(query);
}

/** Expects that no value but that of `query` differs. */
export function expectOthersUnchanged(received: readonly number[], expected: readonly number[], query: number): void {
  const others = (values: readonly number[]) => values.filter((_, other) => other !== query);
  expect(others(received)).toEqual(others(expected));
}

/** Expects that the gradients of the summed loss with respect to its inputs are finite. */
export function expectFiniteGradients(loss: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: () => tf.Tensor[]): void {
  const gradients = tf.tidy(() =>
    tf
      .grads((...given) => tf.sum(loss(...given)))(inputs())
      .map((gradient) => [...gradient.dataSync()]),
  );
  for (const gradient of gradients) expect(gradient.every(Number.isFinite)).toBe(true);
}

/** Expects that a computation frees all tensors that it allocates. */
export function expectNoTensorLeft(compute: () => void): void {
  compute(); // the backend may allocate tensors at first use
  const before = tf.memory().numTensors;
  compute();
  expect(tf.memory().numTensors).toBe(before);
}
