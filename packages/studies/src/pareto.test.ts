import { describe, expect, it } from 'vitest';
import { computeHypervolume, rankByDominance, selectByHypervolume } from './pareto.js';

describe('rankByDominance', () => {
  it('ranks fronts, and equal points alike', () => {
    const losses = [
      [1, 4],
      [2, 2],
      [4, 1],
      [3, 3],
      [2, 2],
      [5, 5],
    ];
    expect([...rankByDominance(losses)]).toEqual([0, 0, 0, 1, 0, 2]);
    expect([...rankByDominance(losses, 5)]).toEqual([0, 0, 0, 1, 0, -1]);
    expect([...rankByDominance(losses, 4)]).toEqual([0, 0, 0, -1, 0, -1]);
  });
});

describe('computeHypervolume', () => {
  it('adds rectangles: 4·1 + 3·2 + 1·1 = 11', () => {
    expect(
      computeHypervolume(
        [
          [1, 4],
          [2, 2],
          [4, 1],
        ],
        [5, 5],
      ),
    ).toBeCloseTo(11, 12);
  });

  it('is that of Optuna in three dimensions', () => {
    expect(
      computeHypervolume(
        [
          [1, 4, 2],
          [2, 2, 3],
          [4, 1, 1],
          [3, 3, 1.5],
        ],
        [5, 5, 5],
      ),
    ).toBeCloseTo(35, 12);
  });
});

describe('selectByHypervolume', () => {
  it('takes the middle first, then the ends', () => {
    expect(
      selectByHypervolume(
        [
          [1, 4],
          [2, 2],
          [4, 1],
          [1.1, 3.9],
        ],
        3,
      ).slice(0, 1),
    ).toEqual([1]);
    expect(
      new Set(
        selectByHypervolume(
          [
            [1, 4],
            [2, 2],
            [4, 1],
          ],
          3,
        ),
      ),
    ).toEqual(new Set([0, 1, 2]));
  });
});
