import { readFileSync } from 'node:fs';
import { numpyRandom } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { sampleNumpyGamma } from './sample-numpy-gamma.js';

const { gamma } = JSON.parse(
  readFileSync(new URL('../../fixtures/markov-sequences.json', import.meta.url), 'utf8'),
) as {
  gamma: { shape: number; numbers: number[] }[];
};

describe('sampleNumpyGamma', () => {
  it.each(gamma)('draws the numbers of numpy: shape $shape', ({ shape, numbers }) => {
    const random = numpyRandom(11);
    for (const number of numbers)
      expect(Math.abs(sampleNumpyGamma(random, shape) - number)).toBeLessThanOrEqual(1e-12 * number);
  });

  it('throws for shapes that are not positive', () => {
    expect(() => sampleNumpyGamma(numpyRandom(1), 0)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: numpyGamma(shape): expected a positive number, received 0.]`,
    );
  });
});
