import { describe, expect, it } from 'vitest';
import { isAddon, isCompiled, kernels } from './compiled.js';

describe.skipIf(!isCompiled)('zeros', () => {
  it.each([0, 7, 1_048_575, 1_048_576, 3_000_001])('are %i writable numbers', (length) => {
    const array = kernels.zeros(length);
    expect([array.constructor, array.length]).toEqual([Float32Array, length]);
    // WebAssembly has one buffer for all arrays.
    if (isAddon) expect([array.byteOffset, array.buffer.byteLength]).toEqual([0, 4 * length]);
    expect(array.every((value) => value === 0)).toBe(true);
    array.fill(1.5);
    expect(array.reduce((sum, value) => sum + value, 0)).toBe(1.5 * length);
  });

  it('do not overlap', () => {
    const [first, second] = [kernels.zeros(2_000_003), kernels.zeros(2_000_003)];
    first.fill(1);
    expect(second.every((value) => value === 0)).toBe(true);
  });

  it.skipIf(!isAddon)('can be cloned for workers', () => {
    const array = kernels.zeros(2_000_003);
    array[2_000_002] = 3;
    const clone = structuredClone(array);
    expect([clone.length, clone[0], clone[2_000_002]]).toEqual([2_000_003, 0, 3]);
  });

  it('refuse a negative length', () => {
    expect(() => kernels.zeros(-1)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: zeros(length): expected an integer from 0 to 68719476736, received -1.]`,
    );
  });
});
