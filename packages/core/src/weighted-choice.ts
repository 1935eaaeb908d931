import { invalid } from './error.js';
import type { Rng } from './rng.js';

/**
 * Draws an index with a probability proportional to its weight, in constant time per draw.
 *
 * @throws {RecsysError} `invalid-argument` if a weight is negative or not finite, or all are 0
 * @source Vose, IEEE Transactions on Software Engineering 17(9), 1991 (alias method)
 */
export function createWeightedChoice(weights: ArrayLike<number>): (rng: Rng) => number {
  const count = weights.length;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) invalid('createWeightedChoice(weights)', 'finite numbers from 0', `${weight} at ${i}`);
    total += weight;
  }
  if (total === 0) invalid('createWeightedChoice(weights)', 'at least one weight above 0', count === 0 ? 'none at all' : 'only zeros');

  const share = Float64Array.from(weights, (weight) => (weight * count) / total); // 1 = exactly one cell's worth
  const alias = Int32Array.from({ length: count }, (_, i) => i);
  const [small, large] = [[] as number[], [] as number[]];
  for (let i = 0; i < count; i++) (share[i]! < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const [poor, rich] = [small.pop()!, large.at(-1)!];
    alias[poor] = rich;
    share[rich] = share[rich]! - (1 - share[poor]!);
    if (share[rich]! < 1) small.push(large.pop()!);
  }
  for (const rest of [...small, ...large]) share[rest] = weights[rest]! > 0 ? 1 : 0; // what rounding left over

  return (rng) => {
    const cell = rng.integer(count);
    return rng.next() < share[cell]! ? cell : alias[cell]!;
  };
}
