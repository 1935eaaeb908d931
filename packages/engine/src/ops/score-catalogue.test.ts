import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { tf } from '../tfjs/tfjs.js';
import { scoreCatalogue } from './score-catalogue.js';

const createVectors = () => tf.tensor2d([1, 2, 3, -1, 0, 1], [2, 3]); // [query 2, dim 3]
const createTable = () => tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 2, -1, 0], [5, 3]); // [item 5, dim 3]
const createBias = () => tf.tensor2d([0, 10, 20, 30, 40], [5, 1]);

describeOnBackends('scoreCatalogue', () => {
  it('has the value of the equation', () => {
    // Query 1: 1, 2, 3, their sum 6, and 2 − 2 = 0. Query 2: −1, 0, 1, their sum 0, and −2.
    expectClose(
      scoreCatalogue(createVectors(), createTable(), createBias()).dataSync(),
      [1, 12, 23, 36, 40, -1, 10, 21, 30, 38],
    );
    expectClose(scoreCatalogue(createVectors(), createTable()).dataSync(), [1, 2, 3, 6, 0, -1, 0, 1, 0, -2]);
  });

  it('uses the biases of each call with the same table', () => {
    const [rows, first, second] = [tf.variable(createTable()), tf.variable(createBias()), tf.zeros<tf.Rank.R2>([5, 1])];
    const before = scoreCatalogue(createVectors(), rows as unknown as tf.Tensor2D, first as unknown as tf.Tensor2D)
      .dataSync()
      .slice();
    const after = scoreCatalogue(createVectors(), rows as unknown as tf.Tensor2D, second).dataSync();
    expectClose(before, [1, 12, 23, 36, 40, -1, 10, 21, 30, 38]);
    expectClose(after, [1, 2, 3, 6, 0, -1, 0, 1, 0, -2]);
  });

  it('has the gradients of product and sum', () => {
    const weights = tf.tensor2d([1, 2, 3, 4, 5, 0, 0, 0, 0, -1], [2, 5]); // gradients of the scores
    const { grads } = tf.valueAndGrads((v: tf.Tensor, w: tf.Tensor, b: tf.Tensor) =>
      tf.sum<tf.Scalar>(tf.mul(scoreCatalogue(v as tf.Tensor2D, w as tf.Tensor2D, b as tf.Tensor2D), weights)),
    )([createVectors(), createTable(), createBias()]);
    // Σ_i gradient · W_i: 1·(1,0,0) + 2·(0,1,0) + 3·(0,0,1) + 4·(1,1,1) + 5·(2,−1,0) and −1·(2,−1,0)
    expectClose(grads[0]!.dataSync(), [15, 1, 7, -2, 1, 0]);
    // Σ_q gradient · v_q: gradient times (1, 2, 3), for the last item 5·(1, 2, 3) − (−1, 0, 1)
    expectClose(grads[1]!.dataSync(), [1, 2, 3, 2, 4, 6, 3, 6, 9, 4, 8, 12, 6, 10, 14]);
    expectClose(grads[2]!.dataSync(), [1, 2, 3, 4, 4]); // Σ_q gradient
    expect(grads[2]!.shape).toEqual([5, 1]);
  });

  it('refuses shapes that disagree', () => {
    expect(() => scoreCatalogue(createVectors(), tf.zeros([5, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scoreCatalogue(table): expected shape [item, dim=3], received [5, 2].]`,
    );
    expect(() => scoreCatalogue(createVectors(), createTable(), tf.zeros([4, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scoreCatalogue(bias): expected shape [item=5, 1=1], received [4, 1].]`,
    );
  });
});
