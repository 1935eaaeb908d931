import { describe, expect, it } from 'vitest';
import { toCanonicalOrder } from './canonical/to-canonical-order.js';
import { createInteractions, listPairs } from './fixtures.js';
import { listCanonicalRows, putInOrder } from './row-order.js';
import { createSample, createShuffledSample, listSourceRows } from './testing/sample.js';

describe('toCanonicalOrder', () => {
  it('sorts rows by user, time, item and rating, whatever their order', () => {
    const [one, other] = [toCanonicalOrder(createSample()), toCanonicalOrder(createShuffledSample())];
    expect(listSourceRows(other)).toEqual(listSourceRows(one));
    expect(other.catalogue).toEqual(one.catalogue);
    expect([...one.users]).toEqual([...one.users].sort((a, b) => a - b));
    expect([...one.catalogue.userIds]).toEqual([...createSample().catalogue.userIds].sort());
    expect([...one.catalogue.itemIds]).toEqual([...createSample().catalogue.itemIds].sort());
  });

  it('tells rows apart that differ only in the rating', () => {
    const rows = [
      [0, 0, 5, 3],
      [0, 0, 5, 1],
      [0, 0, 5, 2],
    ] as const;
    expect([...toCanonicalOrder(createInteractions(rows)).ratings!]).toEqual([1, 2, 3]);
    expect([...toCanonicalOrder(createInteractions([...rows].reverse())).ratings!]).toEqual([1, 2, 3]);
  });

  it('returns rows that are in order as they are', () => {
    const canonical = toCanonicalOrder(createSample());
    expect(toCanonicalOrder(canonical)).toEqual(canonical);
    expect(toCanonicalOrder(canonical).catalogue).toBe(canonical.catalogue);
  });
});

describe('listCanonicalRows', () => {
  it('lists the rows of `toCanonicalOrder`', () => {
    const sample = createSample();
    const rows = [...listCanonicalRows(sample)].map((row) => sample.ratings![row]);
    expect(rows).toEqual([...toCanonicalOrder(sample).ratings!]);
  });
});

describe('putInOrder', () => {
  it('marks the order of the source', () => {
    const all = createInteractions([
      [1, 0],
      [0, 1],
    ]);
    expect(putInOrder(all, 'source')).toEqual({ ...all, order: 'source' });
    expect(listPairs(putInOrder(putInOrder(all, 'source'), 'canonical'))).toEqual([
      [100, 10],
      [101, 0],
    ]);
    expect(putInOrder(putInOrder(all, 'source'), 'canonical').order).toBeUndefined();
  });
});
