import { createRng } from '@footlight/core';
import { type BenchmarkCase, measureCalls } from '../measure/benchmark-case.js';
import { loadKernels } from './load-kernels.js';
import { drawNumbers } from './random-data.js';

const shapes = [
  [500, 600, 20_108],
  [500, 20_108, 600],
  [2048, 2048, 2048],
  [208, 128, 512],
  [208, 512, 128],
] as const;

/** Matrix products [m, k] · [k, n]. */
export const products: BenchmarkCase[] = (['fp32', 'bf16'] as const).flatMap((precision) =>
  shapes.map(([m, k, n]) => ({
    group: 'Matrix products',
    name: `${precision} ${m} × ${k} × ${n}`,
    unit: 'product',
    operations: 2 * m * k * n,
    async prepare() {
      const kernels = loadKernels();
      const rng = createRng('products');
      const [a, b, c] = [drawNumbers(rng, m * k), drawNumbers(rng, k * n), new Float32Array(m * n)];
      const multiply = precision === 'fp32' ? kernels.sgemm : kernels.bgemm;
      const options = { rows: m, columns: n, inner: k, a, b, out: c };
      const repeats = Math.max(1, Math.floor(4e9 / (2 * m * n * k))); // long enough to be timed
      return {
        run: () => measureCalls(repeats, () => multiply(options)),
        request: { work: 'product', precision, m, k, n, repeats },
      };
    },
  })),
);
