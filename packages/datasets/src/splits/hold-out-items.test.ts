import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import { createSample } from '../testing/sample.js';
import { holdOutItems } from './hold-out-items.js';

describeSplit('holdOutItems', holdOutItems({ test: 0.2, validation: 0.1 }));
describeSplit('holdOutItems without validation', holdOutItems({ test: 3 }));
describeSplit("holdOutItems({ order: 'source' })", holdOutItems({ test: 0.2, order: 'source' }), { rows: 'source' });

const rng = createRng(1);
const listItems = ({ items }: { readonly items: Int32Array }) => [...new Set(items)].sort((one, other) => one - other);

describe('holdOutItems', () => {
  it('leaves no interaction with a held-out item in train, and none with a test item in a history', () => {
    const { train, validation, test } = holdOutItems({ test: 0.2, validation: 0.1 }).split(createSample(), rng);
    const parts = [train, validation!.targets, test.targets].map(listItems);
    expect(new Set(parts.flat()).size).toBe(parts.flat().length);
    expect(parts.map(({ length }) => length)).toEqual([21, 3, 6]); // of the 30 items that occur
    expect(listItems(validation!.history)).toEqual(parts[0]);
    expect(listItems(test.history)).toEqual([...parts[0]!, ...parts[1]!].sort((one, other) => one - other));
    expect(test.targets.catalogue.itemFeatures!.offsets).toHaveLength(32); // the features of all 31 items
  });

  it('draws other items with another seed', () => {
    const draw = (seed: number) => listItems(holdOutItems({ test: 0.3, seed }).split(createSample(), rng).test.targets);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('refuses to hold out everything or nothing', () => {
    const data = createInteractions([
      [0, 0],
      [0, 1],
      [1, 2],
    ]);
    expect(() => holdOutItems({ test: 3 }).split(data, rng)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: holdOutItems: expected more than 0 + 3 items, received 3.]`,
    );
    expect(() => holdOutItems({ test: 0.01 }).split(data, rng)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: holdOutItems: expected items for test, received none of 3. Choose other shares.]`,
    );
    expect(() => holdOutItems({ test: 0.6, validation: 0.4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: holdOutItems(validation): expected less than 0.4 (1 − test), received 0.4.]`,
    );
  });
});
