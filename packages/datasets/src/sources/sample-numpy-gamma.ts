import { invalid, type NumpyRandom } from '@footlight/core';

/**
 * Draws from the gamma distribution with scale 1 as numpy's `RandomState.standard_gamma` does.
 *
 * Differs from numpy: the last bits of the platform's logarithm and power.
 *
 * @throws {RecsysError} `invalid-argument` if the shape is not positive
 * @source Ahrens and Dieter, Computing 12, 1974 (shape below 1); Marsaglia and Tsang, ACM TOMS 26(3), 2000 (above 1)
 */
export function sampleNumpyGamma(random: NumpyRandom, shape: number): number {
  if (!(shape > 0)) invalid('numpyGamma(shape)', 'a positive number', shape);
  if (shape === 1) return sampleExponential(random);
  return shape < 1 ? sampleBelowOne(random, shape) : sampleAboveOne(random, shape);
}

function sampleBelowOne(random: NumpyRandom, shape: number): number {
  for (;;) {
    const uniform = random.rand();
    const bound = sampleExponential(random);
    if (uniform <= 1 - shape) {
      const drawn = uniform ** (1 / shape);
      if (drawn <= bound) return drawn;
    } else {
      const tail = -Math.log((1 - uniform) / shape);
      const drawn = (1 - shape + shape * tail) ** (1 / shape);
      if (drawn <= bound + tail) return drawn;
    }
  }
}

function sampleAboveOne(random: NumpyRandom, shape: number): number {
  const width = shape - 1 / 3;
  const slope = 1 / Math.sqrt(9 * width);
  for (;;) {
    const normal = random.normal();
    const root = 1 + slope * normal;
    if (root <= 0) continue;
    const cube = root ** 3;
    const uniform = random.rand();
    if (uniform < 1 - 0.0331 * normal ** 4) return width * cube;
    if (Math.log(uniform) < 0.5 * normal ** 2 + width * (1 - cube + Math.log(cube))) return width * cube;
  }
}

function sampleExponential(random: NumpyRandom): number {
  return -Math.log(1 - random.rand());
}
