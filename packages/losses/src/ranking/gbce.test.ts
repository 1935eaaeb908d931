import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { gbceLoss } from './gbce.js';

describeRankingLoss('gbceLoss', gbceLoss());

const log = (probability: number) => -Math.log(probability);
const compute = (calibration: number, itemCount: number) =>
  gbceLoss({ calibration }).compute({
    positive: tf.tensor1d([Math.log(3)]), // σ = 3/4
    negatives: tf.tensor2d([[0, Math.log(4)]]), // 1 − σ = 1/2, 1/5
    itemCount,
  });

describe('gbceLoss', () => {
  it.each([
    [0, 1],
    [1, 0.25], // 2 of 8 other items
    [0.5, 0.625],
  ])('weakens the positive term by the sampling rate: calibration %f', (calibration, weight) => {
    const [value] = compute(calibration, 9).dataSync();
    expect(value).toBeCloseTo((weight * log(3 / 4) + log(1 / 2) + log(1 / 5)) / 3, 6);
  });

  it('takes more negatives than there are items for all items', () => {
    const [value] = compute(1, 2).dataSync();
    expect(value).toBeCloseTo((log(3 / 4) + log(1 / 2) + log(1 / 5)) / 3, 6);
  });

  it('is smallest where σ is the probability, with calibration 1', () => {
    // An item is chosen with probability p, and otherwise drawn as one of 2 negatives of 8 with rate α = 1/4:
    // p α log σ(s) + (1 − p) α log σ(−s) is greatest at σ(s) = p.
    const [probability, rate] = [0.2, 1 / 4];
    const expected = (score: number) => {
      const terms = (positive: number, negative: number) =>
        gbceLoss({ calibration: 1 })
          .compute({ positive: tf.tensor1d([positive]), negatives: tf.tensor2d([[negative, -80]]), itemCount: 9 })
          .dataSync()[0]!;
      return probability * terms(score, -80) + (1 - probability) * rate * terms(80, score);
    };
    const best = Math.log(probability / (1 - probability));
    expect(expected(best)).toBeLessThan(expected(best + 0.2));
    expect(expected(best)).toBeLessThan(expected(best - 0.2));
  });

  it('refuses invalid options and scores', () => {
    expect(() => gbceLoss({ calibration: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gbceLoss(calibration): expected a number in [0, 1], received 1.5.]`,
    );
    const scores = { positive: tf.zeros([3]), negatives: tf.zeros([3, 5]) } as const;
    expect(() => gbceLoss().compute(scores as never)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gbceLoss(itemCount): expected the number of items, received none.]`,
    );
    expect(() => gbceLoss().compute({ ...scores, itemCount: 1 } as never)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gbceLoss(itemCount): expected an integer from 2, received 1.]`,
    );
  });
});
