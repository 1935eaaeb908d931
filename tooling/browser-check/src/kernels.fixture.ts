import { loadWasm } from '@footlight/kernels/wasm';

/** What kernels gave in a page or in Node. */
export interface KernelsResult {
  readonly threads: number;
  readonly limitBytes: number;
  readonly checksum: number;
}

/** Multiplies matrices that all threads have a part in, and sums up the bits of the result. */
export async function multiply(options: { readonly threads?: number }): Promise<KernelsResult> {
  const { kernels, memory, threads, reason } = await loadWasm(options);
  if (reason !== undefined) throw new Error(reason);
  const [m, n, k] = [600, 700, 50];
  const [a, b, c] = [m * k, k * n, m * n].map((length) => memory.allocateFloats(length)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let i = 0; i < a.length; i++) a[i] = (i % 97) / 97 - 0.5;
  for (let i = 0; i < b.length; i++) b[i] = (i % 89) / 89 - 0.5;
  let checksum = 0;
  for (let turn = 0; turn < 10; turn++) {
    c.fill(0);
    kernels.sgemm({ rows: m, columns: n, inner: k, a, b, out: c });
    for (const bits of new Int32Array(c.buffer, c.byteOffset, c.length))
      checksum = (Math.imul(checksum, 31) + bits) | 0;
  }
  return { threads, limitBytes: memory.limitBytes, checksum };
}
