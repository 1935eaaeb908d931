import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { hideItems } from './hide-items.js';

const count = (hidden: Float32Array) => hidden.reduce((sum, value) => sum + value, 0);
const full = (length: number) => new Float32Array(length).fill(1);

describe('hideItems', () => {
  it('hides the share of each window, rounded, at least one item', () => {
    const hide = (real: number, hiddenShare: number) =>
      count(hideItems(full(real), real, { hiddenShare, lastOnlyShare: 0 }, createRng(1)));
    expect([hide(11, 0.2), hide(13, 0.5), hide(1, 0.2), hide(2, 0.1), hide(3, 1)]).toEqual([2, 7, 1, 1, 3]); // 6.5 → 7
  });

  it('hides the last item alone in the share of windows that it is given', () => {
    const hidden = hideItems(full(5 * 700), 5, { hiddenShare: 0.4, lastOnlyShare: 0.25 }, createRng(1));
    const rows = Array.from({ length: 700 }, (_, row) => [...hidden.subarray(row * 5, row * 5 + 5)]);
    const lastOnly = rows.filter((row) => row.join('') === '00001').length; // other windows hide two items
    expect(Math.abs(lastOnly - 175)).toBeLessThan(4 * Math.sqrt(700 * 0.25 * 0.75)); // four standard deviations
    expect(hideItems(full(3), 3, { hiddenShare: 1, lastOnlyShare: 1 }, createRng(1))).toEqual(Float32Array.of(0, 0, 1));
  });

  it('hides every position equally often, and no padding', () => {
    const mask = Float32Array.from({ length: 7 * 900 }, (_, at) => (at % 7 < 2 ? 0 : 1));
    const hidden = hideItems(mask, 7, { hiddenShare: 0.4, lastOnlyShare: 0 }, createRng(1));
    const positions = Array.from({ length: 7 }, (_, step) => count(hidden.filter((_, at) => at % 7 === step)));
    expect(positions.slice(0, 2)).toEqual([0, 0]);
    for (const times of positions.slice(2)) expect(Math.abs(times - 360)).toBeLessThan(4 * Math.sqrt(900 * 0.4 * 0.6));
  });

  it('hides nothing in a window without items', () => {
    expect(count(hideItems(new Float32Array(6), 3, { hiddenShare: 1, lastOnlyShare: 0.5 }, createRng(1)))).toBe(0);
  });
});
