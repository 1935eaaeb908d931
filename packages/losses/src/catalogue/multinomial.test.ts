import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeCatalogueLoss } from '../testing/describe-catalogue-loss.js';
import { multinomialLoss } from './multinomial.js';

describeCatalogueLoss('multinomialLoss', multinomialLoss());

// Probabilities 1/6, 2/6, 3/6
const scores = () =>
  tf.tensor2d([
    [0, Math.log(2), Math.log(3)],
    [0, Math.log(2), Math.log(3)],
  ]);

describe('multinomialLoss', () => {
  it('sums the targets of a query and is 0 for a query without targets', () => {
    const values = multinomialLoss()
      .compute({
        scores: scores(),
        targets: { query: tf.tensor1d([1, 1], 'int32'), item: tf.tensor1d([0, 1], 'int32') },
      })
      .dataSync();
    expect(values[0]).toBeCloseTo(0, 6);
    expect(values[1]).toBeCloseTo(Math.log(6) + Math.log(3), 5);
  });

  it('counts a target twice if it is given twice', () => {
    const values = multinomialLoss()
      .compute({
        scores: scores(),
        targets: { query: tf.tensor1d([0, 0], 'int32'), item: tf.tensor1d([2, 2], 'int32') },
      })
      .dataSync();
    expect(values[0]).toBeCloseTo(2 * Math.log(2), 6);
  });

  it('rejects targets for another number of queries', () => {
    expect(() =>
      multinomialLoss().compute({ scores: scores(), targets: tf.tensor1d([1], 'int32') }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: multinomialLoss(targets): expected shape [query=2], received [1].]`,
    );
  });
});
