import { invalid } from './error.js';
import type { Rng } from './rng.js';

/**
 * Creates a function that draws indices in proportion to weights, in constant time per draw (Vose's alias method).
 *
 * $$ P(i) = \frac{w_i}{\sum_j w_j} $$
 *
 * @throws {RecsysError} `invalid-argument` if a weight is negative, NaN or infinite, or if no weight is positive
 * @example
 * const draw = createWeightedChoice([1, 0, 3]);
 * draw(createRng(42)) // 0 with probability 1/4, 2 with probability 3/4
 * @source Vose, IEEE Transactions on Software Engineering 17 (1991), https://doi.org/10.1109/32.92917
 */
export function createWeightedChoice(weights: ArrayLike<number>): (rng: Rng) => number {
  const { own, alias } = createAliasTable(weights, sumWeights(weights));
  return (rng) => {
    const column = rng.integer(own.length);
    return rng.next() < own[column]! ? column : alias[column]!;
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

/** Each of the n columns has probability 1/n: the share `own` of it belongs to its index, the rest to its alias. */
function createAliasTable(weights: ArrayLike<number>, sum: number): { own: Float64Array; alias: Int32Array } {
  const count = weights.length;
  const own = Float64Array.from(weights, (weight) => (weight / sum) * count);
  const alias = Int32Array.from(own, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  own.forEach((share, i) => void (share < 1 ? small : large).push(i));
  while (small.length > 0 && large.length > 0) {
    const under = small.pop()!;
    const over = large.at(-1)!;
    alias[under] = over;
    own[over] = own[over]! - (1 - own[under]!);
    if (own[over]! < 1) small.push(large.pop()!);
  }
  // Without rounding errors the remaining columns would be full. An index of weight 0 must never be drawn all the same.
  const drawable = own.findIndex((_, i) => weights[i]! > 0);
  for (const i of [...small, ...large]) {
    if (weights[i]! > 0) own[i] = 1;
    else alias[i] = drawable;
  }
  return { own, alias };
}
