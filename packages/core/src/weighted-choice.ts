import { invalid } from './error.js';
import type { Rng } from './rng.js';

/**
 * Draws indices with the probabilities w_i / Σw, each in the same time, however many there are (Vose's alias method).
 *
 * @throws {RecsysError} `invalid-argument` if a weight is negative, NaN or infinite, or none is positive
 * @example
 * const draw = createWeightedChoice([1, 0, 3]);
 * draw(rng) // 0 in a quarter of the draws, else 2
 * @source Vose, IEEE Transactions on Software Engineering 17 (1991), https://doi.org/10.1109/32.92917
 */
export function createWeightedChoice(weights: ArrayLike<number>): (rng: Rng) => number {
  const { kept, alias } = createAliasTable(weights, sumWeights(weights));
  return (rng) => {
    const column = rng.integer(kept.length);
    return rng.next() < kept[column]! ? column : alias[column]!;
  };
}

function sumWeights(weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity))
      invalid('createWeightedChoice(weights)', 'finite weights of at least 0', `${weight} at index ${i}`);
    sum += weight;
  }
  if (!(sum > 0 && sum < Infinity))
    invalid('createWeightedChoice(weights)', 'a positive, finite sum', `${sum} from ${weights.length} weights`);
  return sum;
}

/** Every column holds 1/n: `kept` of it belongs to its own index, the rest to its alias. */
function createAliasTable(weights: ArrayLike<number>, sum: number): { kept: Float64Array; alias: Int32Array } {
  const count = weights.length;
  const kept = Float64Array.from(weights, (weight) => (weight / sum) * count);
  const alias = Int32Array.from(kept, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  kept.forEach((share, i) => void (share < 1 ? small : large).push(i));
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop()!;
    const rich = large.at(-1)!;
    alias[poor] = rich;
    kept[rich] = kept[rich]! - (1 - kept[poor]!);
    if (kept[rich]! < 1) small.push(large.pop()!);
  }
  // What rounding left over would be full columns; an index of weight 0 must still never be drawn.
  const drawable = kept.findIndex((_, i) => weights[i]! > 0);
  for (const i of [...small, ...large]) {
    if (weights[i]! > 0) kept[i] = 1;
    else alias[i] = drawable;
  }
  return { kept, alias };
}
