import { describe, expect, it } from 'vitest';
import { findFastestPeer, formatFactor, formatSeconds } from './speed.js';

describe('findFastestPeer', () => {
  it('chooses by median, and nothing where none was measured', () => {
    const peers = { torch: { seconds: { median: 3 } }, numpy: { seconds: { median: 2 } } };
    const result = { group: 'g', name: 'n', seconds: { median: 1 }, peers };
    expect(findFastestPeer(result)).toEqual({ name: 'numpy', seconds: 2 });
    expect(findFastestPeer({ ...result, peers: {} })).toBeUndefined();
  });
});

describe('formatFactor', () => {
  it('claims no winner within five per cent', () => {
    expect([0.3, 0.96, 1.04, 1.1, 12.3].map(formatFactor)).toEqual([
      '0.3 × as fast',
      'as fast',
      'as fast',
      '1.1 × as fast',
      '12 × as fast',
    ]);
  });
});

describe('formatSeconds', () => {
  it('chooses the unit', () => expect([0.0123, 2.345].map(formatSeconds)).toEqual(['12.3 ms', '2.35 s']));
});
