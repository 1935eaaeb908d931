import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { expect, it } from 'vitest';
import { multinomialLoss } from './catalogue/multinomial.js';
import { softmaxLoss } from './catalogue/softmax.js';
import { comparesScores } from './compares-scores.js';
import { adaptiveHingeLoss } from './ranking/adaptive-hinge.js';
import { bprLoss } from './ranking/bpr.js';
import { hingeLoss } from './ranking/hinge.js';
import { logisticLoss } from './ranking/logistic.js';
import { pointwiseLoss } from './ranking/pointwise.js';
import { sampledSoftmaxLoss } from './ranking/sampled-softmax.js';
import { sigmoidBprLoss } from './ranking/sigmoid-bpr.js';
import { warpLoss } from './ranking/warp.js';
import { squaredLoss } from './rating/squared.js';
import type { CatalogueLoss, RankingLoss, RankingScores } from './types.js';

const pairwise = [bprLoss(), sigmoidBprLoss(), hingeLoss(), adaptiveHingeLoss(), warpLoss(), sampledSoftmaxLoss()];
const catalogue = [softmaxLoss(), multinomialLoss()];
/** Scores of one query, whose first item is the positive: multiples of 1/8 and of 8, so that sums are exact. */
const shifts = [
  [1e4, 1 / 8],
  [-1e6, 1 / 8],
  [1e8, 8],
  [-1e8, 8],
] as const;

/** The loss, and its gradient with respect to all scores. */
function compute(loss: RankingLoss | CatalogueLoss, values: readonly number[]): number[] {
  const evaluate = (scores: tf.Tensor): tf.Tensor => {
    if (loss.kind === 'catalogue')
      return loss.compute({ scores: scores as tf.Tensor2D, targets: tf.tensor1d([0], 'int32') });
    const [positive, negatives] = tf.split(scores, [1, values.length - 1], 1) as [tf.Tensor2D, tf.Tensor2D];
    return loss.compute({ positive: tf.reshape(positive, [1]), negatives, itemCount: 100 });
  };
  const scores = tf.tensor2d([[...values]]);
  return [
    ...evaluate(scores).dataSync(),
    ...tf
      .grad((x) => tf.sum(evaluate(x)))(scores)
      .dataSync(),
  ];
}

describeOnBackends('losses that compare the scores of a query', () => {
  for (const loss of [...pairwise, ...catalogue])
    it(`${loss.name} does not change if a number is added to all scores`, () => {
      for (const [shift, unit] of shifts) {
        const values = [0, 1, -2, 3, 0.5].map((value) => 2 * value * unit);
        expectClose(
          compute(
            loss,
            values.map((value) => value + shift),
          ),
          compute(loss, values),
          1e-6,
        );
      }
    });

  it('are declared, and no others', () => {
    for (const loss of [...pairwise, ...catalogue]) expect(comparesScores(loss)).toBe(true);
    for (const loss of [pointwiseLoss(), logisticLoss(), squaredLoss()]) expect(comparesScores(loss)).toBe(false);
    // a copy with another equation
    expect(comparesScores({ ...bprLoss(), compute: ({ positive }: RankingScores) => positive })).toBe(false);
  });
});
