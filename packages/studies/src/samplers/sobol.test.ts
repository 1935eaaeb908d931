import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { drawHaltonPoint } from './halton.js';
import { drawSobolPoint, sobolDimensions } from './sobol.js';

describe('drawSobolPoint', () => {
  it('has the points of scipy.stats.qmc.Sobol', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((index) => drawSobolPoint(index, 4))).toEqual([
      [0, 0, 0, 0],
      [0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25],
      [0.25, 0.75, 0.75, 0.75],
      [0.375, 0.375, 0.625, 0.875],
      [0.875, 0.875, 0.125, 0.375],
      [0.625, 0.125, 0.875, 0.625],
      [0.125, 0.625, 0.375, 0.125],
    ]);
    expect(drawSobolPoint(5, sobolDimensions).slice(-4)).toEqual([0.625, 0.875, 0.375, 0.625]);
  });

  it('keeps one point in each of 64 equal intervals when it is scrambled', () => {
    const points = Array.from({ length: 64 }, (_, index) => drawSobolPoint(index, 5, createRng(3)));
    for (let dimension = 0; dimension < 5; dimension++)
      expect(new Set(points.map((point) => Math.floor(64 * point[dimension]!))).size).toBe(64);
    expect(points[0]!.every((place) => place > 0)).toBe(true);
  });
});

describe('drawHaltonPoint', () => {
  it('has the points of scipy.stats.qmc.Halton', () => {
    const expected = [
      [0, 0, 0],
      [1 / 2, 1 / 3, 1 / 5],
      [1 / 4, 2 / 3, 2 / 5],
      [3 / 4, 1 / 9, 3 / 5],
      [1 / 8, 4 / 9, 4 / 5],
    ];
    for (const [index, point] of expected.entries())
      for (const [at, place] of drawHaltonPoint(index, 3).entries()) expect(place).toBeCloseTo(point[at]!, 14);
  });

  it('keeps one point in each of 25 equal intervals of the base 5 when it is scrambled', () => {
    const places = Array.from({ length: 25 }, (_, index) => drawHaltonPoint(index, 3, createRng(3))[2]!);
    expect(new Set(places.map((place) => Math.floor(25 * place))).size).toBe(25);
  });
});
