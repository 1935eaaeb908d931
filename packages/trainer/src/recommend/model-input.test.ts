import { describe, expect, it } from 'vitest';
import { toModelInput } from './model-input.js';

describe('toModelInput', () => {
  it('contains the last steps, padded on the left', () => {
    const { history, mask, time } = toModelInput([Int32Array.of(7, 8), Int32Array.of(1, 2, 3, 4), new Int32Array(0)], {
      history: 3,
    });
    expect(time).toBe(3);
    expect([...history]).toEqual([0, 7, 8, 2, 3, 4, 0, 0, 0]);
    expect([...mask]).toEqual([0, 1, 1, 1, 1, 1, 0, 0, 0]);
  });

  it('has as many steps as the longest history needs, at least one', () => {
    const { history, mask, time } = toModelInput([Int32Array.of(7, 8), new Int32Array(0)], { history: 50 });
    expect([time, [...history], [...mask]]).toEqual([2, [7, 8, 0, 0], [1, 1, 0, 0]]);
    expect(toModelInput([new Int32Array(0)], { history: 50 }).time).toBe(1);
  });

  it('contains no items for models that read user ids', () => {
    const { history, mask, users } = toModelInput([Int32Array.of(7, 8)], 'user', Int32Array.of(5));
    expect([[...history], [...mask], [...users]]).toEqual([[0], [0], [5]]);
  });

  it('contains whole histories for models that read baskets, each item once', () => {
    const { baskets, time, history } = toModelInput(
      [Int32Array.of(4, 1, 4, 2), new Int32Array(0), Int32Array.of(3)],
      'basket',
    );
    expect([[...baskets!.offsets], [...baskets!.ids]]).toEqual([
      [0, 3, 3, 4],
      [4, 1, 2, 3],
    ]);
    expect([time, history.length]).toEqual([1, 3]);
  });
});
