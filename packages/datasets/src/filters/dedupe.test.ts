import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { describeFilter } from '../testing/describe-filter.js';
import { dedupe } from './dedupe.js';

describeFilter('dedupe', dedupe({ keep: 'last' }));

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
});
