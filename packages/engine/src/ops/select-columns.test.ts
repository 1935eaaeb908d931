import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { tf } from '../tfjs/tfjs.js';
import { selectColumns } from './select-columns.js';

const create = () => ({
  matrix: tf.tensor2d([5, 6, 7, 8, 9, 10], [2, 3]),
  columns: tf.tensor2d([2, 0, 2, 2, 1, 1, 1, 0], [2, 4], 'int32'),
});

describeOnBackends('selectColumns', () => {
  it('returns the listed columns of each row', () => {
    const { matrix, columns } = create();
    expect(selectColumns(matrix, columns).arraySync()).toEqual([
      [7, 5, 7, 7],
      [9, 9, 9, 8],
    ]);
  });

  it('adds the gradients of a column that is listed several times', () => {
    const { matrix, columns } = create();
    const weights = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [2, 4]);
    const gradient = tf.grad((x) => tf.sum(tf.mul(selectColumns(x as tf.Tensor2D, columns), weights)))(matrix);
    expect(gradient.arraySync()).toEqual([
      [2, 0, 1 + 3 + 4],
      [8, 5 + 6 + 7, 0],
    ]);
  });

  it('refuses columns that are none, and rows of another number', () => {
    const { matrix } = create();
    expect(() => selectColumns(matrix, tf.tensor2d([0, 3], [2, 1], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: selectColumns(columns): expected ids from 0 to 2, received 3 at [1, 0].]`,
    );
    expect(() => selectColumns(matrix, tf.tensor2d([0], [1, 1], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: selectColumns(columns): expected shape [row=2, chosen], received [1, 1].]`,
    );
  });
});
