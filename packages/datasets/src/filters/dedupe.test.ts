import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { describeFilter } from '../testing/describe-filter.js';
import { dedupe } from './dedupe.js';

describeFilter('dedupe', dedupe({ keep: 'last' }));
describeFilter("dedupe({ order: 'source' })", dedupe({ order: 'source' }), { rows: 'source' });

// Rows 0, 2, 5 are one pair, rows 1 and 4 another.
const interactions = createInteractions([
  [1, 3],
  [0, 3],
  [1, 3],
  [1, 0],
  [0, 3],
  [1, 3],
]);

describe('dedupe', () => {
  it('keeps the first of each pair', () => expect([...dedupe().apply(interactions).timestamps!]).toEqual([0, 1, 3]));

  it('keeps the last of each pair', () =>
    expect([...dedupe({ keep: 'last' }).apply(interactions).timestamps!]).toEqual([3, 4, 5]));

  it('goes by time, or by the source if that is named', () => {
    const backwards = createInteractions([
      [0, 0, 7],
      [0, 0, 5],
      [0, 0, 6],
    ]);
    expect([...dedupe().apply(backwards).timestamps!]).toEqual([5]);
    expect([...dedupe({ keep: 'last' }).apply(backwards).timestamps!]).toEqual([7]);
    expect([...dedupe({ order: 'source' }).apply(backwards).timestamps!]).toEqual([7]);
    expect([...dedupe({ keep: 'last', order: 'source' }).apply(backwards).timestamps!]).toEqual([6]);
  });

  it('keeps the same weight whatever the order of the rows', () => {
    const twice = createInteractions([
      [0, 0, 5, 1],
      [0, 0, 5, 1],
    ]);
    for (const weights of [Float32Array.of(2, 7), Float32Array.of(7, 2)]) {
      expect(dedupe().apply({ ...twice, weights }).weights).toEqual(Float32Array.of(2));
      expect(dedupe({ keep: 'last' }).apply({ ...twice, weights }).weights).toEqual(Float32Array.of(7));
    }
  });
});
