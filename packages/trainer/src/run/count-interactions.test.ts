import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { countInteractions } from './count-interactions.js';

describe('countInteractions', () => {
  it('counts histories, and the training interactions of test items', () => {
    const pairs = (...rows: [number, number][]) => createInteractions(rows, 3, 5);
    const train = pairs([0, 1], [1, 1], [2, 1], [0, 2], [1, 3]);
    const history = pairs([0, 1], [0, 2], [2, 1]);
    const targets = pairs([0, 1], [0, 3], [2, 4], [1, 2]);
    const { activity, popularity } = countInteractions({ history, targets }, train, Int32Array.of(0, 2));
    expect(Array.from(activity)).toEqual([2, 1]);
    // item 1 has three training interactions, item 3 one: (3 + 1) / 2; item 4 none
    expect(Array.from(popularity)).toEqual([2, 0]);
  });
});
