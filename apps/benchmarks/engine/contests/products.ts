import { type Precision, withPrecision } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import { type Contest, timed } from '../contest.js';

const shapes = [
  [500, 600, 20_108],
  [2048, 2048, 2048],
  [208, 128, 512],
] as const;

/** Products of matrices by themselves, [m, k] · [k, n], through tfjs. */
export const products: Contest[] = (['fp32', 'bf16'] satisfies Precision[]).flatMap((precision) =>
  shapes.map(([m, k, n]) => ({
    group: 'Products of matrices',
    name: `${precision} ${m} × ${k} × ${n}`,
    per: 'product',
    operations: 2 * m * k * n,
    bar: precision === 'fp32' ? 1 / 0.9 : 1 / 0.8,
    async prepare() {
      const [a, b] = [tf.randomUniform<tf.Rank.R2>([m, k]), tf.randomUniform<tf.Rank.R2>([k, n])];
      const repeats = Math.max(1, Math.floor(4e9 / (2 * m * n * k))); // so that each turn takes long enough to be timed
      const multiply = () => {
        for (let repeat = 0; repeat < repeats; repeat++) tf.matMul(a, b).dispose();
      };
      return {
        ours: () => timed(() => withPrecision(precision, multiply)) / repeats,
        request: { work: 'product', precision, m, k, n, repeats },
      };
    },
  })),
);
