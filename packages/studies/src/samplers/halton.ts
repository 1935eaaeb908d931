import type { Rng } from '@footlight/core';

/**
 * Point of a Halton sequence: the digits of the index in a prime base, mirrored at the point.
 *
 * $$ x_{nj} = \sum_k \pi_{jk}(d_k) b_j^{-k-1}, \quad n = \sum_k d_k b_j^k $$
 *
 * Without scrambling every π is the identity; with it, each digit of each base has a random permutation.
 *
 * @param rng scrambles; the points of one sequence need generators in the same state
 * @source Owen, A randomized Halton algorithm, 2017, https://arxiv.org/abs/1706.02808
 */
export function drawHaltonPoint(index: number, dimensions: number, rng?: Rng): number[] {
  return listPrimes(dimensions).map((base) => {
    const digits = rng ? Math.ceil(54 / Math.log2(base)) - 1 : Math.ceil(32 / Math.log2(base)) + 1;
    let [sum, rest, weight] = [0, index, 1];
    for (let digit = 0; digit < digits; digit++) {
      weight /= base;
      const order = Array.from({ length: base }, (_, at) => at);
      if (rng) rng.shuffle(order);
      sum += order[rest % base]! * weight;
      rest = Math.floor(rest / base);
    }
    return Math.min(sum, 1 - 2 ** -53);
  });
}

function listPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  return primes;
}
