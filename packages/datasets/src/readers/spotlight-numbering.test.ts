import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { keepNumbers, numberFromOne } from './spotlight-numbering.js';

describe('keepNumbers', () => {
  it('counts numbers that do not occur', () => {
    expect(keepNumbers(Float64Array.of(3, 1))).toEqual({
      ids: Int32Array.of(3, 1),
      originals: Int32Array.of(0, 1, 2, 3),
    });
    expect(keepNumbers(new Int32Array(0))).toEqual({ ids: new Int32Array(0), originals: new Int32Array(0) });
  });
});

describe('numberFromOne', () => {
  const interactions = createInteractions([
    [0, 1],
    [1, 0],
  ]);

  it('leaves id 0 without interactions', () => {
    expect(numberFromOne(interactions)).toEqual({
      ...interactions,
      catalogue: {
        userCount: 3,
        itemCount: 3,
        userIds: Int32Array.of(0, 100, 101),
        itemIds: Int32Array.of(0, 0, 10),
        itemTitles: ['', 'Item 0', 'Item 1'],
      },
      users: Int32Array.of(1, 2),
      items: Int32Array.of(2, 1),
    });
  });

  it('gives id 0 no features', () => {
    const userFeatures = { names: ['age=young'], offsets: Int32Array.of(0, 1, 1), ids: Int32Array.of(0) };
    const itemFeatures = { names: ['a=1', 'a=2'], offsets: Int32Array.of(0, 1, 3), ids: Int32Array.of(1, 0, 1) };
    const { catalogue } = numberFromOne({
      ...interactions,
      catalogue: { ...interactions.catalogue, userFeatures, itemFeatures },
    });
    expect(catalogue.userFeatures).toEqual({ ...userFeatures, offsets: Int32Array.of(0, 0, 1, 1) });
    expect(catalogue.itemFeatures).toEqual({ ...itemFeatures, offsets: Int32Array.of(0, 0, 1, 3) });
  });

  it('accepts ids that are texts', () => {
    const catalogue = { ...interactions.catalogue, userIds: ['ann', 'bob'], itemIds: Float64Array.of(5, 7) };
    const { userIds, itemIds } = numberFromOne({ ...interactions, catalogue }).catalogue;
    expect(userIds).toEqual(['', 'ann', 'bob']);
    expect(itemIds).toEqual(Float64Array.of(0, 5, 7));
  });
});
