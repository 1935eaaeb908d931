import { expect, it } from 'vitest';
import { loadWasm } from '../wasm.js';

/** A product whose sums are not whole numbers. */
async function multiply(options: { readonly threads: number; readonly relaxed: boolean }) {
  const { kernels, memory, relaxed, reason } = await loadWasm(options);
  if (reason !== undefined) throw new Error(reason);
  const [m, n, k] = [61, 67, 500];
  const [a, b, c] = [m * k, k * n, m * n].map((length) => memory.allocateFloats(length)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (const array of [a, b]) for (let i = 0; i < array.length; i++) array[i] = Math.sin(i);
  kernels.sgemm({ rows: m, columns: n, inner: k, a, b, out: c });
  return { relaxed, values: [...c] };
}

it('multiplies within rounding with relaxed SIMD where there is one, and as ever elsewhere', async () => {
  const plain = await multiply({ threads: 1, relaxed: false });
  for (const threads of [1, 2]) {
    const { relaxed, values } = await multiply({ threads, relaxed: true });
    if (!relaxed) expect(values).toEqual(plain.values);
    const difference = Math.max(...values.map((value, i) => Math.abs(value - plain.values[i]!)));
    expect(difference).toBeLessThan(1e-4);
  }
  expect(plain.relaxed).toBe(false);
}, 60_000);
