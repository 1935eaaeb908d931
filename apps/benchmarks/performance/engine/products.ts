import { type Precision, tf, withPrecision } from '@footlight/engine';
import { type BenchmarkCase, measureCalls } from '../measure/benchmark-case.js';

/** Sizes m, k and n of the products. */
export const shapes = [
  [500, 600, 20_108],
  [2048, 2048, 2048],
  [208, 128, 512],
] as const;

/** Matrix products [m, k] · [k, n] with TensorFlow.js. */
export const products: BenchmarkCase[] = (['fp32', 'bf16'] satisfies Precision[]).flatMap((precision) =>
  shapes.map(([m, k, n]) => ({
    group: 'Matrix products',
    name: `${precision} ${m} × ${k} × ${n}`,
    unit: 'product',
    operations: 2 * m * k * n,
    maxRatio: precision === 'fp32' ? 1 / 0.9 : 1 / 0.8,
    async prepare() {
      const [a, b] = [tf.randomUniform<tf.Rank.R2>([m, k]), tf.randomUniform<tf.Rank.R2>([k, n])];
      const repeats = Math.max(1, Math.floor(4e9 / (2 * m * n * k))); // long enough to be timed
      return {
        run: () =>
          withPrecision(precision, () => ({ seconds: measureCalls(repeats, () => tf.matMul(a, b).dispose()).seconds })),
        request: { work: 'product', precision, m, k, n, repeats },
      };
    },
  })),
);
