import { fillNormal as coreNormal, fillUniform as coreUniform, createRng, type Rng } from '@footlight/core';
import { expect, it } from 'vitest';
import { drawDropoutMask, drawNormalTensor, fillNormal, fillUniform } from './random.js';
import { describeOnBackends } from './testing/index.js';
import { tf } from './tfjs/tfjs.js';

/** Fills an array in two ways; returns its values, the next draw and the state of the generator for each. */
function compare(
  length: number,
  one: (values: Float32Array, rng: Rng) => unknown,
  other: (values: Float32Array, rng: Rng) => unknown,
) {
  return [one, other].map((fill) => {
    const [values, rng] = [new Float32Array(length), createRng(length)];
    fill(values, rng);
    return { values, next: rng.next(), snapshot: rng.snapshot() };
  }) as [unknown, unknown];
}

const lengths = [0, 1, 2, 7, 1001, 40_009]; // the last is longer than one chunk of the kernel

describeOnBackends('random arrays', () => {
  it.each(lengths)('equal those of core, %i normal numbers', (length) => {
    const [actual, expected] = compare(
      length,
      (values, rng) => fillNormal(values, rng, -0.3, 1.7),
      (values, rng) => coreNormal(values, rng, -0.3, 1.7),
    );
    expect(actual).toEqual(expected);
  });

  it.each(lengths)('equal those of core, %i uniform numbers', (length) => {
    const [actual, expected] = compare(
      length,
      (values, rng) => fillUniform(values, rng, -3, 0.1),
      (values, rng) => coreUniform(values, rng, -3, 0.1),
    );
    expect(actual).toEqual(expected);
  });

  it.each(lengths.slice(1))('equal draws one by one, %i in a mask', (length) => {
    const [actual, expected] = compare(
      length,
      (values, rng) => values.set(tf.tidy(() => drawDropoutMask([length], 0.3, rng).dataSync())),
      (values, rng) => values.set(Float32Array.from(values, () => (rng.next() < 0.3 ? 0 : 1 / 0.7))),
    );
    expect(actual).toEqual(expected);
  });

  it('have the default moments', () => {
    const [normals, uniforms] = [
      fillNormal(new Float32Array(100_000), createRng(1)),
      fillUniform(new Float32Array(100_000), createRng(2)),
    ];
    const computeMoment = (values: Float32Array, power: number) =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    // Five standard errors: √(1/n) and √(2/n); √(1/12n) and √(4/45n)
    expect(Math.abs(computeMoment(normals, 1))).toBeLessThan(0.0159);
    expect(Math.abs(computeMoment(normals, 2) - 1)).toBeLessThan(0.0224);
    expect(Math.abs(computeMoment(uniforms, 1) - 1 / 2)).toBeLessThan(0.0046);
    expect(Math.abs(computeMoment(uniforms, 2) - 1 / 3)).toBeLessThan(0.0048);
  });

  it('accept a generator without `advance`', () => {
    const { advance: _, ...others } = createRng(3);
    expect(fillNormal(new Float32Array(7), others)).toEqual(coreNormal(new Float32Array(7), createRng(3)));
    expect(fillUniform(new Float32Array(7), others).every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('become tensors', () =>
    tf.tidy(() => {
      const noise = drawNormalTensor<tf.Rank.R2>([3, 5], createRng(4));
      expect(noise.shape).toEqual([3, 5]);
      expect(noise.dataSync()).toEqual(coreNormal(new Float32Array(15), createRng(4)));
    }));
});
