import { describe, expect, it } from 'vitest';
import { assertItem, borrowFlags } from './scratch-flags.js';

describe('borrowFlags', () => {
  it('hands out zeros, one for each item at least', () => {
    const marks = borrowFlags(7, (fresh) => fresh.slice());
    expect(marks.length).toBeGreaterThanOrEqual(7);
    expect(marks.every((mark) => mark === 0)).toBe(true);
  });

  it('hands out the same memory again', () =>
    expect(borrowFlags(5, (marks) => marks)).toBe(borrowFlags(5, (marks) => marks)));

  it('hands out other memory to a call within a call', () => {
    borrowFlags(5, (outer) => {
      outer[0] = 1;
      expect(borrowFlags(5, (inner) => inner[0])).toBe(0);
      outer[0] = 0;
    });
  });

  it('hands out zeros after a failure that left marks', () => {
    const fail = (marks: Uint8Array) => {
      marks.fill(1);
      throw new Error('stop');
    };
    expect(() => borrowFlags(5, fail)).toThrow('stop');
    expect(borrowFlags(5, (marks) => marks[0])).toBe(0);
  });
});

describe('assertItem', () => {
  it('refuses what is no id', () => {
    assertItem('x', 4, 5);
    expect(() => assertItem('topK(excluded)', 5, 5)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: topK(excluded): expected ids from 0 to 4, received 5.]`,
    );
    for (const item of [-1, 0.5, Number.NaN]) expect(() => assertItem('x', item, 5)).toThrow('ids from 0 to 4');
  });
});
