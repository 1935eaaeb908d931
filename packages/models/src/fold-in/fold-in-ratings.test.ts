import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { foldInRatings, type RatedRows } from './fold-in-ratings.js';

const identity = (scores: tf.Tensor1D) => scores;
const random = (count: number, seed: number) => {
  const rng = createRng(seed);
  return Float64Array.from({ length: count }, () => rng.normal());
};
const model: RatedRows = {
  rows: random(7 * 3, 1),
  offsets: random(7, 2),
  mean: Float64Array.of(0.2, -0.1, 0.4),
  variances: Float64Array.of(0.5, 0.5, 2),
};

/** Σⱼ aⱼ (rⱼ − g(oⱼ + aⱼ · x)) / φ − (x − m) / τ², which is zero at the minimum. */
function computeGradients(x: Float64Array, ratings: Float32Array, link: (score: number) => number, dispersion: number) {
  return Array.from(x, (value, d) =>
    model.offsets.reduce(
      (sum, offset, j) => {
        const row = model.rows.subarray(j * 3, j * 3 + 3);
        const score = row.reduce((all, each, k) => all + each * x[k]!, offset);
        return sum + (row[d]! * (ratings[j]! - link(score))) / dispersion;
      },
      (model.mean[d]! - value) / model.variances[d]!,
    ),
  );
}

describe('foldInRatings', () => {
  it('has the value of the equation in one dimension', () => {
    // item 2, offset 3, rating 4.5; m = 0.1, τ² = 0.5, φ = 0.7 · 1.2 = 0.84:
    // x − m = (2 · (4.5 − 3 − 2 · 0.1) / 0.84) / (2² / 0.84 + 1 / 0.5)
    const one = { rows: Float64Array.of(2), offsets: Float64Array.of(3), mean: Float64Array.of(0.1) };
    const x = foldInRatings(
      { ...one, variances: Float64Array.of(0.5) },
      { ratings: Float32Array.of(4.5), link: identity, training: { score: 3, variance: 1.2 } },
      0.7,
    );
    expect(x[0]).toBeCloseTo(0.1 + (2 * 1.3) / 0.84 / (4 / 0.84 + 2), 5);
  });

  it('solves the normal equations, and those of the losses with other links', () => {
    const training = { score: 0.5, variance: 1.3 };
    const links = [
      { link: identity, value: (s: number) => s, slope: 1, ratings: [1, 2, 3, 4, 5, 1, 2] },
      { link: (s: tf.Tensor1D) => tf.exp(s), value: Math.exp, slope: Math.exp(0.5), ratings: [0, 2, 30, 4, 5, 1, 2] },
      {
        link: (s: tf.Tensor1D) => tf.sigmoid(s),
        value: (s: number) => 1 / (1 + Math.exp(-s)),
        slope: Math.exp(-0.5) / (1 + Math.exp(-0.5)) ** 2,
        ratings: [0, 1, 1, 1, 0, 1, 0],
      },
    ];
    for (const { link, value, slope, ratings } of links) {
      const given = Float32Array.from(ratings);
      const x = foldInRatings(model, { ratings: given, link, training }, 0.7);
      for (const each of computeGradients(x, given, value, (0.7 * 1.3) / slope))
        expect(Math.abs(each)).toBeLessThan(2e-3);
    }
  });

  it('returns the mean of the trained users for an empty history, and where users do not differ', () => {
    const training = { score: 3, variance: 1 };
    const none = { ...model, rows: new Float64Array(0), offsets: new Float64Array(0) };
    const empty = { ratings: new Float32Array(0), link: identity, training };
    expect([...foldInRatings(none, empty, 0.7)]).toEqual([...model.mean]);
    const alike = { ...model, variances: new Float64Array(3) };
    const ratings = Float32Array.of(1, 2, 3, 4, 5, 1, 2);
    for (const [d, value] of foldInRatings(alike, { ratings, link: identity, training }, 0.7).entries())
      expect(value).toBeCloseTo(model.mean[d]!, 6);
  });
});
