import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createPositionSorter } from './sort-positions.js';

/** The positions by definition: a stable sort of all with a comparing function. */
const sortByDefinition = (numbers: Float64Array | Int32Array): number[] =>
  Array.from(numbers.keys()).sort((one, other) => numbers[one]! - numbers[other]! || one - other);

const draw = (count: number, seed: number, value: (uniform: number) => number): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length: count }, () => value(rng.next()));
};

describe('createPositionSorter', () => {
  const sorter = createPositionSorter(1009);

  it.each<[string, (uniform: number) => number]>([
    ['seconds', (uniform) => 8e8 + Math.floor(uniform * 6e8)],
    ['few values', (uniform) => Math.floor(uniform * 5) - 2],
    ['milliseconds, some negative', (uniform) => Math.floor((uniform - 0.5) * 3e12)],
    ['numbers that are not whole', (uniform) => uniform - 0.5],
    ['numbers too far apart to be packed', (uniform) => (uniform < 0.5 ? -1 : 1) * Math.floor(uniform * 2 ** 53)],
    ['huge numbers', (uniform) => (uniform - 0.5) * 1e300],
    ['zeros with both signs', (uniform) => (uniform < 0.5 ? -0 : 0)],
  ])('sorts %s as a comparing function does', (_, value) => {
    for (const count of [0, 1, 2, 31, 32, 33, 63, 64, 65, 1009]) {
      const numbers = draw(count, count + 1, value);
      const order = new Int32Array(1009);
      sorter.sort(numbers, 0, count, order);
      expect([...order.subarray(0, count)]).toEqual(sortByDefinition(numbers));
      const within = Float64Array.of(1, 2, ...numbers, 0);
      sorter.sort(within, 2, 2 + count, order);
      expect([...order.subarray(0, count)]).toEqual(sortByDefinition(numbers).map((at) => at + 2));
    }
  });

  it('sorts the numbers at the edge of what can be packed exactly', () => {
    const [half, whole] = [2 ** 52 - 1, 2 ** 53 - 1];
    for (const numbers of [
      Float64Array.of(half, 0, half - 1, half),
      Float64Array.of(whole, 0, whole - 1, whole),
      Float64Array.of(whole, -whole, whole - 1, -whole),
    ]) {
      const order = new Int32Array(4);
      sorter.sort(numbers, 0, 4, order);
      expect([...order]).toEqual(sortByDefinition(numbers));
    }
  });
});
