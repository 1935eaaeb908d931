import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

describe.skipIf(!isCompiled).each(['sgemm', 'bgemm'] as const)('%s', (name) => {
  it('has the value of the equation', () => {
    // [1 2 3; 4 5 6] · [1 0; 0 1; 1 1] = [1 + 3, 2 + 3; 4 + 6, 5 + 6]
    const c = new Float32Array(4);
    kernels[name]({
      rows: 2,
      columns: 2,
      inner: 3,
      a: Float32Array.of(1, 2, 3, 4, 5, 6),
      b: Float32Array.of(1, 0, 0, 1, 1, 1),
      out: c,
    });
    expect([...c]).toEqual([4, 5, 10, 11]);
    // added to the result, with a bias of [10, 20] per row
    kernels[name]({
      rows: 2,
      columns: 2,
      inner: 3,
      a: Float32Array.of(1, 2, 3, 4, 5, 6),
      b: Float32Array.of(1, 0, 0, 1, 1, 1),
      out: c,
      accumulate: true,
      bias: Float32Array.of(10, 20),
    });
    expect([...c]).toEqual([18, 30, 30, 42]);
  });

  it('returns 0 for empty sums', () => {
    const c = Float32Array.of(1, 2, 3, 5, 7, 11);
    kernels[name]({
      rows: 2,
      columns: 3,
      inner: 0,
      a: new Float32Array(0),
      b: new Float32Array(0),
      out: c,
      accumulate: true,
    });
    expect([...c]).toEqual([1, 2, 3, 5, 7, 11]);
    kernels[name]({
      rows: 2,
      columns: 3,
      inner: 0,
      a: new Float32Array(0),
      b: new Float32Array(0),
      out: c,
      bias: Float32Array.of(1, 2, 3),
    });
    expect([...c]).toEqual([1, 2, 3, 1, 2, 3]);
    kernels[name]({
      rows: 0,
      columns: 3,
      inner: 2,
      a: new Float32Array(0),
      b: new Float32Array(6),
      out: new Float32Array(0),
    });
  });

  it('propagates NaN from the factors, not from the old C', () => {
    const c = Float32Array.of(Number.NaN, 0);
    kernels[name]({ rows: 2, columns: 1, inner: 1, a: Float32Array.of(2, Number.NaN), b: Float32Array.of(3), out: c });
    expect([...c]).toEqual([6, Number.NaN]);
  });
});

describe.skipIf(!isCompiled)('sgemm', () => {
  it('names the invalid argument', () => {
    const [a, b, c] = [new Float32Array(6), new Float32Array(15), new Float32Array(10)];
    expect(() =>
      kernels.sgemm({ rows: 2, columns: 5, inner: 3, a: new Float32Array(7), b, out: c }),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: sgemm(a): expected 6 numbers, received 7.]`);
    expect(() =>
      kernels.sgemm({ rows: 2, columns: 5, inner: 3, a, b: new Int32Array(15) as never, out: c }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: sgemm(b): expected a Float32Array, received an Int32Array of 15 numbers.]`,
    );
    expect(() =>
      kernels.sgemm({ rows: 2, columns: 5, inner: 3, a, b, out: new Float32Array(9) }),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: sgemm(out): expected 10 numbers, received 9.]`);
    expect(() =>
      kernels.sgemm({ rows: 2, columns: 5, inner: 3, a, b, out: c, bias: new Float32Array(2) }),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: sgemm(bias): expected 5 numbers, received 2.]`);
    expect(() => kernels.sgemm({ rows: -2, columns: 5, inner: 3, a, b, out: c })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: sgemm(rows): expected an integer from 0 to 1099511627776, received -2.]`,
    );
    expect(() =>
      kernels.bgemm({ transposeA: 1 as never, rows: 2, columns: 5, inner: 3, a, b, out: c }),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: bgemm(transposeA): expected true or false, received 1.]`);
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
        kernels.batchedSgemm({
          transposeA,
          transposeB,
          batch,
          rows: m,
          columns: n,
          inner: k,
          a,
          strideA,
          b,
          strideB,
          out: c,
        });
        for (let i = 0; i < batch; i++) {
          const [from, to] = [
            a.subarray(i * strideA, i * strideA + m * k),
            b.subarray(i * strideB, i * strideB + k * n),
          ];
          kernels.sgemm({
            transposeA,
            transposeB,
            rows: m,
            columns: n,
            inner: k,
            a: from,
            b: to,
            out: expected.subarray(i * m * n, (i + 1) * m * n),
          });
        }
        expect(c).toEqual(expected);
      }
  });

  it('divides a batch of many small products among threads', () => {
    const many = 131;
    const [a, b, c] = [createNumbers(many * m * k), createNumbers(many * k * n), new Float32Array(many * m * n)];
    kernels.batchedSgemm({ batch: many, rows: m, columns: n, inner: k, a, strideA: m * k, b, strideB: k * n, out: c });
    const last = new Float32Array(m * n);
    kernels.sgemm({
      rows: m,
      columns: n,
      inner: k,
      a: a.subarray((many - 1) * m * k),
      b: b.subarray((many - 1) * k * n),
      out: last,
    });
    expect(c.subarray((many - 1) * m * n)).toEqual(last);
  });

  it('names the invalid argument', () => {
    const [a, b, c] = [
      new Float32Array(batch * m * k),
      new Float32Array(batch * k * n),
      new Float32Array(batch * m * n),
    ];
    expect(() =>
      kernels.batchedSgemm({ batch, rows: m, columns: n, inner: k, a, strideA: 13, b, strideB: k * n, out: c }),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: batchedSgemm(strideA): expected 0 or 14, received 13.]`);
    expect(() =>
      kernels.batchedSgemm({ batch, rows: m, columns: n, inner: k, a, strideA: 0, b, strideB: k * n, out: c }),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: batchedSgemm(a): expected 14 numbers, received 42.]`);
    expect(() =>
      kernels.batchedSgemm({ batch, rows: m, columns: n, inner: k, a, strideA: m * k, b, strideB: k * n, out: b }),
    ).toThrowErrorMatchingInlineSnapshot(`[TypeError: batchedSgemm(out): expected 30 numbers, received 105.]`);
  });
});
