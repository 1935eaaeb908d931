import type { Rng } from '@footlight/core';
import { sobolNumbers } from './sobol-numbers.js';

const BITS = 30;

/** The most dimensions that the direction numbers reach. */
export const sobolDimensions: number = sobolNumbers.split(' ').length;

/**
 * Point of a Sobol' sequence.
 *
 * $$ x_{nj} = g_1 v_{j1} \oplus g_2 v_{j2} \oplus \dots, \quad g = n \oplus \lfloor n / 2 \rfloor $$
 *
 * Scrambled by a random lower triangular matrix over the bits and a random shift, as in SciPy (Matoušek 1998).
 *
 * @param rng scrambles; the points of one sequence need generators in the same state
 * @returns a point in [0, 1) per dimension
 * @source Joe and Kuo, SIAM J. Sci. Comput. 30 (2008), https://doi.org/10.1137/070709359
 */
export function drawSobolPoint(index: number, dimensions: number, rng?: Rng): number[] {
  const gray = index ^ (index >>> 1);
  const texts = sobolNumbers.split(' ', dimensions);
  return texts.map((text, dimension) => {
    const directions = expandDirections(text, dimension);
    const scrambled = rng ? directions.map(createMatrix(rng)) : directions; // one matrix per dimension
    const shift = rng ? rng.integer(2 ** BITS) : 0;
    const bits = scrambled.reduce((sum, direction, bit) => ((gray >>> bit) & 1 ? sum ^ direction : sum), shift);
    return bits / 2 ** BITS;
  });
}

/** The recurrence of the direction numbers, with the first bit as the highest one. */
function expandDirections(text: string, dimension: number): number[] {
  const [polynomial, first] = text.split(':') as [string, string];
  const numbers = first.split(',').map(Number);
  const degree = 31 - Math.clz32(Number(polynomial));
  for (let i = numbers.length; i < BITS; i++) {
    if (dimension === 0) {
      numbers.push(1);
      continue;
    }
    let next = numbers[i - degree]!;
    for (let k = 1; k <= degree; k++) if ((Number(polynomial) >>> (degree - k)) & 1) next ^= numbers[i - k]! << k;
    numbers.push(next);
  }
  return numbers.map((number, i) => number << (BITS - 1 - i));
}

/** A random lower triangular matrix with ones on its diagonal, which multiplies the bits of a number. */
function createMatrix(rng: Rng): (direction: number) => number {
  const rows = Array.from({ length: BITS }, (_, row) => {
    const diagonal = 2 ** (BITS - 1 - row);
    const higher = 2 ** BITS - 2 * diagonal; // the bits above the diagonal's
    return (rng.integer(2 ** BITS) & higher) | diagonal;
  });
  return (direction) => rows.reduce((sum, row, at) => sum | (parity(row & direction) << (BITS - 1 - at)), 0);
}

function parity(bits: number): number {
  let rest = bits;
  for (const shift of [16, 8, 4, 2, 1]) rest ^= rest >>> shift;
  return rest & 1;
}
