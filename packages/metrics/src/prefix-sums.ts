/**
 * Creates a function that returns the sum of `term(0)` to `term(count − 1)`. It computes sums on demand, so that large
 * counts take no time before they are needed.
 */
export function createPrefixSums(term: (index: number) => number): (count: number) => number {
  const sums = [0];
  return (count) => {
    while (sums.length <= count) sums.push(sums.at(-1)! + term(sums.length - 1));
    return sums[count]!;
  };
}

/** The harmonic number: the sum of 1 to 1 / count. */
export const sumReciprocals: (count: number) => number = createPrefixSums((rank) => 1 / (rank + 1));
