import { describe, expect, it } from 'vitest';
import { assertItem, borrowFlags } from './scratch-flags.js';

describe('borrowFlags', () => {
  it('provides zeros, at least one for each item', () => {
    const flags = borrowFlags(7, (fresh) => fresh.slice());
    expect(flags.length).toBeGreaterThanOrEqual(7);
    expect(flags.every((flag) => flag === 0)).toBe(true);
  });

  it('provides the same memory again', () =>
    expect(borrowFlags(5, (flags) => flags)).toBe(borrowFlags(5, (flags) => flags)));

  it('provides other memory for a nested call', () => {
    borrowFlags(5, (outer) => {
      outer[0] = 1;
      expect(borrowFlags(5, (inner) => inner[0])).toBe(0);
      outer[0] = 0;
    });
  });

  it('provides zeros after a failure that left flags', () => {
    const fail = (flags: Uint8Array) => {
      flags.fill(1);
      throw new Error('stop');
    };
    expect(() => borrowFlags(5, fail)).toThrow('stop');
    expect(borrowFlags(5, (flags) => flags[0])).toBe(0);
  });
});

describe('assertItem', () => {
  it('rejects numbers that are not ids', () => {
    assertItem('x', 4, 5);
    expect(() => assertItem('topK(excluded)', 5, 5)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: topK(excluded): expected ids from 0 to 4, received 5.]`,
    );
    for (const item of [-1, 0.5, Number.NaN]) expect(() => assertItem('x', item, 5)).toThrow('ids from 0 to 4');
  });
});
