import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

describe.skipIf(!isCompiled).each(['sgemm', 'bgemm'] as const)('%s', (name) => {
  it('has the value of the equation', () => {
    // [1 2 3; 4 5 6] · [1 0; 0 1; 1 1] = [1 + 3, 2 + 3; 4 + 6, 5 + 6]
    const c = new Float32Array(4);
    kernels[name](false, false, 2, 2, 3, Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(1, 0, 0, 1, 1, 1), c);
    expect([...c]).toEqual([4, 5, 10, 11]);
    // added to the result, with a bias of [10, 20] per row
    kernels[name](
      false,
      false,
      2,
      2,
      3,
      Float32Array.of(1, 2, 3, 4, 5, 6),
      Float32Array.of(1, 0, 0, 1, 1, 1),
      c,
      true,
      Float32Array.of(10, 20),
    );
    expect([...c]).toEqual([18, 30, 30, 42]);
  });

  it('returns 0 for empty sums', () => {
    const c = Float32Array.of(1, 2, 3, 5, 7, 11);
    kernels[name](false, false, 2, 3, 0, new Float32Array(0), new Float32Array(0), c, true);
    expect([...c]).toEqual([1, 2, 3, 5, 7, 11]);
    kernels[name](false, false, 2, 3, 0, new Float32Array(0), new Float32Array(0), c, false, Float32Array.of(1, 2, 3));
    expect([...c]).toEqual([1, 2, 3, 1, 2, 3]);
    kernels[name](false, false, 0, 3, 2, new Float32Array(0), new Float32Array(6), new Float32Array(0));
  });

  it('propagates NaN from the factors, not from the old C', () => {
    const c = Float32Array.of(Number.NaN, 0);
    kernels[name](false, false, 2, 1, 1, Float32Array.of(2, Number.NaN), Float32Array.of(3), c);
    expect([...c]).toEqual([6, Number.NaN]);
  });
});

describe.skipIf(!isCompiled)('sgemm', () => {
  it('names the invalid argument', () => {
    const [a, b, c] = [new Float32Array(6), new Float32Array(15), new Float32Array(10)];
    expect(() => kernels.sgemm(false, false, 2, 5, 3, new Float32Array(7), b, c)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: sgemm(a): expected 6 numbers, received 7.]`,
    );
    expect(() =>
      kernels.sgemm(false, false, 2, 5, 3, a, new Int32Array(15) as never, c),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: sgemm(b): expected a Float32Array, received an Int32Array of 15 numbers.]`,
    );
    expect(() => kernels.sgemm(false, false, 2, 5, 3, a, b, new Float32Array(9))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: sgemm(outC): expected 10 numbers, received 9.]`,
    );
    expect(() =>
      kernels.sgemm(false, false, 2, 5, 3, a, b, c, false, new Float32Array(2)),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: sgemm(bias): expected 5 numbers, received 2.]`);
    expect(() => kernels.sgemm(false, false, -2, 5, 3, a, b, c)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: sgemm(m): expected an integer from 0 to 1099511627776, received -2.]`,
    );
    expect(() => kernels.bgemm(1 as never, false, 2, 5, 3, a, b, c)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bgemm(transposeA): expected true or false, received 1.]`,
    );
  });
});

describe.skipIf(!isCompiled)('batchedSgemm', () => {
  const [batch, m, n, k] = [3, 2, 5, 7];
  const createNumbers = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => ((i * 37) % 11) - 5);

  it.each([
    ['a pair per product', m * k, k * n],
    ['one A', 0, k * n],
    ['one B', m * k, 0],
    ['one pair', 0, 0],
  ])('multiplies each pair of a batch: %s', (_, strideA, strideB) => {
    for (const transposeA of [false, true])
      for (const transposeB of [false, true]) {
        const [a, b] = [createNumbers(strideA ? batch * m * k : m * k), createNumbers(strideB ? batch * k * n : k * n)];
        const [c, expected] = [new Float32Array(batch * m * n), new Float32Array(batch * m * n)];
        kernels.batchedSgemm(transposeA, transposeB, batch, m, n, k, a, strideA, b, strideB, c);
        for (let i = 0; i < batch; i++) {
          const [from, to] = [
            a.subarray(i * strideA, i * strideA + m * k),
            b.subarray(i * strideB, i * strideB + k * n),
          ];
          kernels.sgemm(transposeA, transposeB, m, n, k, from, to, expected.subarray(i * m * n, (i + 1) * m * n));
        }
        expect(c).toEqual(expected);
      }
  });

  it('divides a batch of many small products among threads', () => {
    const many = 131;
    const [a, b, c] = [createNumbers(many * m * k), createNumbers(many * k * n), new Float32Array(many * m * n)];
    kernels.batchedSgemm(false, false, many, m, n, k, a, m * k, b, k * n, c);
    const last = new Float32Array(m * n);
    kernels.sgemm(false, false, m, n, k, a.subarray((many - 1) * m * k), b.subarray((many - 1) * k * n), last);
    expect(c.subarray((many - 1) * m * n)).toEqual(last);
  });

  it('names the invalid argument', () => {
    const [a, b, c] = [
      new Float32Array(batch * m * k),
      new Float32Array(batch * k * n),
      new Float32Array(batch * m * n),
    ];
    expect(() =>
      kernels.batchedSgemm(false, false, batch, m, n, k, a, 13, b, k * n, c),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: batchedSgemm(strideA): expected 0 or 14, received 13.]`);
    expect(() =>
      kernels.batchedSgemm(false, false, batch, m, n, k, a, 0, b, k * n, c),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: batchedSgemm(a): expected 14 numbers, received 42.]`);
    expect(() =>
      kernels.batchedSgemm(false, false, batch, m, n, k, a, m * k, b, k * n, b),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: batchedSgemm(outC): expected 30 numbers, received 105.]`);
  });
});
