import { load } from '@footlight/native';
import { type Contest, timed } from '../contest.js';

const shapes = [
  [500, 600, 20_108],
  [2048, 2048, 2048],
  [208, 128, 512],
] as const;

/** Products of matrices by themselves, [m, k] · [k, n]. */
export const products: Contest[] = (['fp32', 'bf16'] as const).flatMap((precision) =>
  shapes.map(([m, k, n]) => ({
    group: 'Products of matrices',
    name: `${precision} ${m} × ${k} × ${n}`,
    per: 'product',
    operations: 2 * m * k * n,
    bar: precision === 'fp32' ? 1 / 0.9 : 1 / 0.8,
    async prepare() {
      const { kernels, reason } = load();
      if (!kernels) throw new Error(reason);
      const random = (length: number) => Float32Array.from({ length }, () => Math.random());
      const [a, b, c] = [random(m * k), random(k * n), new Float32Array(m * n)];
      const gemm = precision === 'fp32' ? kernels.sgemm : kernels.bgemm;
      const repeats = Math.max(1, Math.floor(4e9 / (2 * m * n * k))); // so that each turn takes long enough to be timed
      return {
        ours: () =>
          timed(() => {
            for (let repeat = 0; repeat < repeats; repeat++) gemm(false, false, m, n, k, a, b, c);
          }) / repeats,
        request: { work: 'product', precision, m, k, n, repeats },
      };
    },
  })),
);
