import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { scoreCatalogue } from './score-catalogue.js';

const vectors = () => tf.tensor2d([1, 2, 3, -1, 0, 1], [2, 3]); // [query 2, dim 3]
const table = () => tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 2, -1, 0], [5, 3]); // [item 5, dim 3]
const bias = () => tf.tensor2d([0, 10, 20, 30, 40], [5, 1]);

describeOnBackends('scoreCatalogue', () => {
  it('has the value of the equation', () => {
    // 1·(1, 2, 3) = 1, 2, 3; their sum 6; 2 − 2 = 0; and −1·1 + 1·1 = 0 for the sum, −2 for the last
    expectClose(scoreCatalogue(vectors(), table(), bias()).dataSync(), [1, 12, 23, 36, 40, -1, 10, 21, 30, 38]);
    expectClose(scoreCatalogue(vectors(), table()).dataSync(), [1, 2, 3, 6, 0, -1, 0, 1, 0, -2]);
  });

  it('has the biases of each call, and each product of a table', () => {
    const [rows, first, second] = [tf.variable(table()), tf.variable(bias()), tf.zeros<tf.Rank.R2>([5, 1])];
    const before = scoreCatalogue(vectors(), rows as unknown as tf.Tensor2D, first as unknown as tf.Tensor2D)
      .dataSync()
      .slice();
    const after = scoreCatalogue(vectors(), rows as unknown as tf.Tensor2D, second).dataSync();
    expectClose(before, [1, 12, 23, 36, 40, -1, 10, 21, 30, 38]);
    expectClose(after, [1, 2, 3, 6, 0, -1, 0, 1, 0, -2]);
  });

  it('has the gradients of its parts', () => {
    const weights = tf.tensor2d([1, 2, 3, 4, 5, 0, 0, 0, 0, -1], [2, 5]); // slopes of the scores
    const { grads } = tf.valueAndGrads((v: tf.Tensor, w: tf.Tensor, b: tf.Tensor) =>
      tf.sum<tf.Scalar>(tf.mul(scoreCatalogue(v as tf.Tensor2D, w as tf.Tensor2D, b as tf.Tensor2D), weights)),
    )([vectors(), table(), bias()]);
    // Σ_i slope · W_i: 1·(1,0,0) + 2·(0,1,0) + 3·(0,0,1) + 4·(1,1,1) + 5·(2,−1,0) and −1·(2,−1,0)
    expectClose(grads[0]!.dataSync(), [15, 1, 7, -2, 1, 0]);
    // Σ_q slope · v_q: slope times (1, 2, 3), for the last item 5·(1, 2, 3) − (−1, 0, 1)
    expectClose(grads[1]!.dataSync(), [1, 2, 3, 2, 4, 6, 3, 6, 9, 4, 8, 12, 6, 10, 14]);
    expectClose(grads[2]!.dataSync(), [1, 2, 3, 4, 4]); // Σ_q slope
    expect(grads[2]!.shape).toEqual([5, 1]);
  });

  it('says what does not fit', () => {
    expect(() => scoreCatalogue(vectors(), tf.zeros([5, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scoreCatalogue(table): expected shape [item, dim=3], received [5, 2].]`,
    );
    expect(() => scoreCatalogue(vectors(), table(), tf.zeros([4, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scoreCatalogue(bias): expected shape [item=5, 1=1], received [4, 1].]`,
    );
  });
});
