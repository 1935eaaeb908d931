import { tf } from '@footlight/engine';
import { expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { describeCatalogueLoss } from '../testing/describe-catalogue-loss.js';
import { softmaxLoss } from './softmax.js';

describeCatalogueLoss('softmaxLoss', softmaxLoss());

// Probabilities 1/6, 2/6, 3/6
const scores = () =>
  tf.tensor2d([
    [0, Math.log(2), Math.log(3)],
    [0, Math.log(2), Math.log(3)],
  ]);

describe('softmaxLoss', () => {
  it('is the negative logarithm of the probability of the target', () => {
    const values = softmaxLoss()
      .compute({ scores: scores(), targets: tf.tensor1d([1, 2], 'int32') })
      .dataSync();
    expect(values[0]).toBeCloseTo(Math.log(3), 6);
    expect(values[1]).toBeCloseTo(Math.log(2), 6);
  });

  it('averages the targets of a query and is 0 for a query without targets', () => {
    const values = softmaxLoss()
      .compute({
        scores: scores(),
        targets: { query: tf.tensor1d([1, 1], 'int32'), item: tf.tensor1d([0, 1], 'int32') },
      })
      .dataSync();
    expect(values[0]).toBeCloseTo(0, 6);
    expect(values[1]).toBeCloseTo((Math.log(6) + Math.log(3)) / 2, 6);
  });

  it('has the gradient softmax − target', () => {
    const gradient = tf.grad((given) =>
      tf.sum(softmaxLoss().compute({ scores: given as tf.Tensor2D, targets: tf.tensor1d([1, 2], 'int32') })),
    )(scores());
    expectClose(gradient.dataSync(), [1 / 6, 2 / 6 - 1, 3 / 6, 1 / 6, 2 / 6, 3 / 6 - 1]);
  });

  it('averages the targets of a query with their weights, like targets that occur several times', () => {
    const [query, item] = [tf.tensor1d([0, 0, 1], 'int32'), tf.tensor1d([0, 2, 1], 'int32')];
    const weighted = { query, item, weight: tf.tensor1d([3, 1, 0]) };
    const repeated = { query: tf.tensor1d([0, 0, 0, 0], 'int32'), item: tf.tensor1d([0, 0, 0, 2], 'int32') };
    const compute = (targets: typeof repeated) => softmaxLoss().compute({ scores: scores(), targets }).dataSync();
    expectClose(compute(weighted), [...compute(repeated)]);
    expect(compute(weighted)[1]).toBeCloseTo(0);
  });

  it('rejects targets for another number of queries', () => {
    expect(() =>
      softmaxLoss().compute({ scores: scores(), targets: tf.tensor1d([1, 2, 0], 'int32') }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: softmaxLoss(targets): expected shape [query=2], received [3].]`,
    );
  });

  it('rejects coordinate pairs of different lengths', () => {
    const targets = { query: tf.tensor1d([0, 1], 'int32'), item: tf.tensor1d([0], 'int32') };
    expect(() => softmaxLoss().compute({ scores: scores(), targets })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: softmaxLoss(targets.item): expected shape [entry=2], received [1].]`,
    );
  });
});
