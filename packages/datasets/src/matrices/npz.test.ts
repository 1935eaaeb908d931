import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { toCoo } from './to-coo.js';
import { toCsr } from './to-csr.js';
import { type NpyArray, toNpy } from './to-npy.js';
import { toNpz } from './to-npz.js';

// The matrix of tooling/fixtures/npz.py: ratings 4, 1, 2, 3; user 1 has item 2 twice, user 2 has none.
const interactions = createInteractions(
  [
    [1, 2, 0, 4],
    [0, 1, 0, 1],
    [1, 0, 0, 2],
    [1, 2, 0, 3],
  ],
  { userCount: 3, itemCount: 5 },
);

/** What scipy 1.17 wrote with numpy 2.4, in base64. */
const files = {
  csr: [
    'UEsDBC0AAAAIAAAAIQDzoLL+//////////8LABQAaW5kaWNlcy5ucHkBABAAjAAAAAAAAABKAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6l',
    'oG6TaaKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6mjoKtQoUAC5GBghgAmIAUEsDBC0AAAAIAAAAIQBgdLQY//////////8K',
    'ABQAaW5kcHRyLm5weQEAEACQAAAAAAAAAEwAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNpoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4F',
    'ihdnJBakAvkaJjqaOgq1ChQALgYgYARiZigGAFBLAwQtAAAACAAAACEAo8N0l///////////CgAUAGZvcm1hdC5ucHkBABAAgwAAAAAAAABF',
    'AAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF4TbKyuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5Gpo6CrUKFAGu5OIiAFBLAwQt',
    'AAAACAAAACEAdtB5ZP//////////CQAUAHNoYXBlLm5weQEAEACQAAAAAAAAAEoAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNpoa6j',
    'oJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjqaOgq1ChQALmYGCGCF0gBQSwMELQAAAAgAAAAhAJ4aR3///////////wgAFABkYXRh',
    'Lm5weQEAEACMAAAAAAAAAFAAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvka',
    'xjqaOgq1ChQALgaGBnsGBgYHBoYHDgBQSwECLQMtAAAACAAAACEA86Cy/koAAACMAAAACwAAAAAAAAAAAAAAgAEAAAAAaW5kaWNlcy5ucHlQ',
    'SwECLQMtAAAACAAAACEAYHS0GEwAAACQAAAACgAAAAAAAAAAAAAAgAGHAAAAaW5kcHRyLm5weVBLAQItAy0AAAAIAAAAIQCjw3SXRQAAAIMA',
    'AAAKAAAAAAAAAAAAAACAAQ8BAABmb3JtYXQubnB5UEsBAi0DLQAAAAgAAAAhAHbQeWRKAAAAkAAAAAkAAAAAAAAAAAAAAIABkAEAAHNoYXBl',
    'Lm5weVBLAQItAy0AAAAIAAAAIQCeGkd/UAAAAIwAAAAIAAAAAAAAAAAAAACAARUCAABkYXRhLm5weVBLBQYAAAAABQAFABYBAACfAgAAAAA=',
  ].join(''),
  coo: [
    'UEsDBC0AAAAIAAAAIQBoZlXF//////////8HABQAcm93Lm5weQEAEACQAAAAAAAAAEoAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNp',
    'oq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaJjqaOgq1ChQALkYGCGCEYgBQSwMELQAAAAgAAAAhAIUxJ6n//////////wcAFABj',
    'b2wubnB5AQAQAJAAAAAAAAAATQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mirqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC',
    '+RomOpo6CrUKFAAuJgYGBkYGCACxAVBLAwQtAAAACAAAACEAJ/IFEv//////////CgAUAGZvcm1hdC5ucHkBABAAgwAAAAAAAABFAAAAAAAA',
    'AJvsF+obEMnIUMZQrZ6SWpxcpG6loF4TbKyuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5Gpo6CrUKFAGu5Px8AFBLAwQtAAAACAAA',
    'ACEAdtB5ZP//////////CQAUAHNoYXBlLm5weQEAEACQAAAAAAAAAEoAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNpoa6joJ6WX1RS',
    'lJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjqaOgq1ChQALmYGCGCF0gBQSwMELQAAAAgAAAAhABtN7cX//////////wgAFABkYXRhLm5weQEA',
    'EACQAAAAAAAAAFEAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaJjqaOgq1',
    'ChQALgaGBgcgtmdgYADSDg4AUEsBAi0DLQAAAAgAAAAhAGhmVcVKAAAAkAAAAAcAAAAAAAAAAAAAAIABAAAAAHJvdy5ucHlQSwECLQMtAAAA',
    'CAAAACEAhTEnqU0AAACQAAAABwAAAAAAAAAAAAAAgAGDAAAAY29sLm5weVBLAQItAy0AAAAIAAAAIQAn8gUSRQAAAIMAAAAKAAAAAAAAAAAA',
    'AACAAQkBAABmb3JtYXQubnB5UEsBAi0DLQAAAAgAAAAhAHbQeWRKAAAAkAAAAAkAAAAAAAAAAAAAAIABigEAAHNoYXBlLm5weVBLAQItAy0A',
    'AAAIAAAAIQAbTe3FUQAAAJAAAAAIAAAAAAAAAAAAAACAAQ8CAABkYXRhLm5weVBLBQYAAAAABQAFAA8BAACaAgAAAAA=',
  ].join(''),
};
const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

describe('toNpz', () => {
  it.each([
    ['csr', toCsr(interactions, { values: 'ratings' })],
    ['coo', toCoo(interactions, { values: 'ratings' })],
  ] as const)('writes a %s matrix as scipy does, array by array', (format, matrix) => {
    expect(unzipSync(toNpz(matrix))).toEqual(unzipSync(decode(files[format])));
  });

  it('writes equal bytes for equal matrices', () => {
    expect(toNpz(toCsr(interactions))).toEqual(toNpz(toCsr(interactions)));
  });
});

describe('toNpy', () => {
  const head = (array: NpyArray) => Buffer.from(toNpy(array).subarray(10, 128)).toString().trimEnd();
  const data = (array: NpyArray) => Buffer.from(toNpy(array).subarray(128)).toString('base64');

  it('writes numbers with their type', () => {
    expect([...toNpy(Int32Array.of(3)).subarray(0, 10)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]);
    expect(head(Int32Array.of(3, 1, 2))).toBe("{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }");
    expect(data(Int32Array.of(3, 1, 2))).toBe('AwAAAAEAAAACAAAA');
    expect(head(Float64Array.of(1.5, 2 ** 53))).toBe("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }");
    expect(data(Float64Array.of(1.5, 2 ** 53))).toBe('AAAAAAAA+D8AAAAAAABAQw==');
    expect(head(Float32Array.of(1))).toContain("'<f4'");
    expect(head(Uint8Array.of(1, 2).subarray(1))).toContain("'|u1', 'fortran_order': False, 'shape': (1,)");
  });

  it('writes texts as Unicode of equal length', () => {
    const texts = ['a', 'Ünï 😀', ''];
    expect(head(texts)).toBe("{'descr': '<U5', 'fortran_order': False, 'shape': (3,), }");
    expect(data(texts)).toBe('YQAAAAAAAAAAAAAAAAAAAAAAAADcAAAAbgAAAO8AAAAgAAAAAPYBAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
    expect(head([])).toBe("{'descr': '<U1', 'fortran_order': False, 'shape': (0,), }");
    expect(() => toNpy(['a\0'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: toNpy: expected texts that do not end in NUL, received "a\\u0000" at 0. Rename it.]`,
    );
  });
});
