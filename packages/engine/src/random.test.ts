import { fillNormal as coreNormal, fillUniform as coreUniform, createRng, type Rng } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { drawDropoutMask, drawNormalTensor, fillNormal, fillUniform } from './random.js';
import { describeOnBackends } from './testing/index.js';

/** What each way gives for an array of a length, and the draw that follows. */
function bothWays(
  length: number,
  here: (room: Float32Array, rng: Rng) => unknown,
  there: (room: Float32Array, rng: Rng) => unknown,
) {
  return [here, there].map((fill) => {
    const [room, rng] = [new Float32Array(length), createRng(length)];
    fill(room, rng);
    return { room, next: rng.next(), snapshot: rng.snapshot() };
  }) as [unknown, unknown];
}

const lengths = [0, 1, 2, 7, 1001, 40_009]; // the last is longer than what is drawn at once

describeOnBackends('random numbers by the array', () => {
  it.each(lengths)('are those of core, %i normal ones', (length) => {
    const [here, there] = bothWays(
      length,
      (room, rng) => fillNormal(room, rng, -0.3, 1.7),
      (room, rng) => coreNormal(room, rng, -0.3, 1.7),
    );
    expect(here).toEqual(there);
  });

  it.each(lengths)('are those of core, %i uniform ones', (length) => {
    const [here, there] = bothWays(
      length,
      (room, rng) => fillUniform(room, rng, -3, 0.1),
      (room, rng) => coreUniform(room, rng, -3, 0.1),
    );
    expect(here).toEqual(there);
  });

  it.each(lengths.slice(1))('are those of next, %i in a mask', (length) => {
    const [here, there] = bothWays(
      length,
      (room, rng) => room.set(tf.tidy(() => drawDropoutMask([length], 0.3, rng).dataSync())),
      (room, rng) => room.set(Float32Array.from(room, () => (rng.next() < 0.3 ? 0 : 1 / 0.7))),
    );
    expect(here).toEqual(there);
  });

  it('are what the defaults say', () => {
    const [normals, uniforms] = [
      fillNormal(new Float32Array(100_000), createRng(1)),
      fillUniform(new Float32Array(100_000), createRng(2)),
    ];
    const momentOf = (values: Float32Array, power: number) =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    // Five standard errors: √(1/n) and √(2/n); √(1/12n) and √(4/45n)
    expect(Math.abs(momentOf(normals, 1))).toBeLessThan(0.0159);
    expect(Math.abs(momentOf(normals, 2) - 1)).toBeLessThan(0.0224);
    expect(Math.abs(momentOf(uniforms, 1) - 1 / 2)).toBeLessThan(0.0046);
    expect(Math.abs(momentOf(uniforms, 2) - 1 / 3)).toBeLessThan(0.0048);
  });

  it('take a generator that shows no state', () => {
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
