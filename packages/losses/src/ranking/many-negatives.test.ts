import { readFileSync } from 'node:fs';
import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import type { RankingLoss } from '../types.js';
import { bprLoss } from './bpr.js';
import { bprMaxLoss } from './bpr-max.js';
import { findFormula } from './formula.js';
import { infoNceLoss } from './info-nce.js';
import { logisticLoss } from './logistic.js';
import { top1MaxLoss } from './top1-max.js';

describeRankingLoss('bprMaxLoss', bprMaxLoss(), { weighted: true });
describeRankingLoss('bprMaxLoss without regularization', bprMaxLoss({ regularization: 0 }), { weighted: true });
describeRankingLoss('top1MaxLoss', top1MaxLoss(), { weighted: true });
describeRankingLoss('infoNceLoss', infoNceLoss());
describeRankingLoss('logisticLoss with a sum', logisticLoss({ negatives: 'sum' }));

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

const torch = JSON.parse(readFileSync(new URL('../../fixtures/ranking.json', import.meta.url), 'utf8')) as Record<
  string,
  { readonly positive: Values; readonly negatives: Values; readonly output: Values; readonly gradients: Values[] }
>;
const losses: Record<string, RankingLoss> = {
  bprMaxLoss: bprMaxLoss(),
  'bprMaxLoss without regularization': bprMaxLoss({ regularization: 0 }),
  top1MaxLoss: top1MaxLoss(),
  infoNceLoss: infoNceLoss(),
  'logisticLoss with a sum': logisticLoss({ negatives: 'sum' }),
};

describeOnBackends('ranking losses with many negatives', () => {
  it.each(Object.keys(torch))('have the values and gradients of PyTorch: %s', (name) => {
    const { positive, negatives, output, gradients } = torch[name]!;
    const given = [tf.tensor1d(positive.values), tf.tensor2d(negatives.values, negatives.shape as [number, number])];
    const weights = tf.tensor1d(output.values.map((_, at) => Math.cos(at + 1)));
    const compute = (one: tf.Tensor, others: tf.Tensor) =>
      losses[name]!.compute({ positive: one as tf.Tensor1D, negatives: others as tf.Tensor2D });
    expectClose(compute(given[0]!, given[1]!).dataSync(), output.values, 1e-5);
    const found = tf.grads((one, others) => tf.sum(tf.mul(compute(one!, others!), weights)))(given);
    for (const [at, gradient] of found.entries()) expectClose(gradient.dataSync(), gradients[at]!.values, 1e-5);
  });
});

describe('ranking losses with many negatives', () => {
  const scores = { positive: tf.tensor1d([Math.log(2)]), negatives: tf.tensor2d([[0, Math.log(3)]]) };
  const compute = (loss: RankingLoss) => loss.compute(scores).dataSync()[0]!;

  it('have the values of their equations', () => {
    // The softmax of the negatives is 1/4, 3/4; σ(log 2) = 2/3, σ(log 2 − log 3) = 2/5.
    const ranked = -Math.log((1 / 4) * (2 / 3) + (3 / 4) * (2 / 5));
    expect(compute(bprMaxLoss({ regularization: 0 }))).toBeCloseTo(ranked, 6);
    expect(compute(bprMaxLoss({ regularization: 2 }))).toBeCloseTo(ranked + 2 * (3 / 4) * Math.log(3) ** 2, 6);
    const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
    const top1 = (1 / 4) * (1 / 3 + 1 / 2) + (3 / 4) * (3 / 5 + sigmoid(Math.log(3) ** 2));
    expect(compute(top1MaxLoss())).toBeCloseTo(top1, 6);
    expect(compute(infoNceLoss({ temperature: 0.5 }))).toBeCloseTo(Math.log(1 + 1 / 4 + 9 / 4), 6);
    expect(compute(logisticLoss({ negatives: 'sum' }))).toBeCloseTo(Math.log(3 / 2) + Math.log(2) + Math.log(4), 6);
  });

  it('have their options in their names, and no formula of another loss', () => {
    expect(bprMaxLoss().name).toBe('bpr-max(1)');
    expect(infoNceLoss({ correction: 'log-q' }).name).toBe('info-nce(log-q, 0.07)');
    expect(infoNceLoss({ correction: 'log-q' }).needsProbabilities).toBe(true);
    expect([logisticLoss().name, logisticLoss({ negatives: 'sum' }).name]).toEqual(['logistic', 'logistic(sum)']);
    expect(findFormula(logisticLoss({ negatives: 'sum' }))).toBeUndefined();
  });

  it('equal bprLoss for one negative and no regularization', () => {
    const one = { positive: tf.tensor1d([0.3]), negatives: tf.tensor2d([[0.7]]) };
    const value = bprMaxLoss({ regularization: 0 }).compute(one).dataSync()[0];
    expect(value).toBeCloseTo(bprLoss().compute(one).dataSync()[0]!, 6);
  });

  it('refuse invalid options', () => {
    expect(() => bprMaxLoss({ regularization: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bprMaxLoss(regularization): expected a finite number from 0, received -1.]`,
    );
    expect(() => infoNceLoss({ temperature: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: infoNceLoss(temperature): expected a positive number, received 0.]`,
    );
    expect(() => logisticLoss({ negatives: 'all' as 'sum' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: logisticLoss(negatives): expected 'mean' or 'sum', received the text 'all'.]`,
    );
  });
});
