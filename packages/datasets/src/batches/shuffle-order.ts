import type { Rng } from '@footlight/core';

/**
 * The numbers 0 … count − 1 in random order. The order of an epoch depends on `rng` alone, so that an epoch can be
 * resumed at any step.
 */
export function shuffleOrder(count: number, rng: Rng): Int32Array {
  const order = new Int32Array(count);
  for (let at = 0; at < count; at++) order[at] = at;
  return rng.shuffle(order);
}
