import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { adaptiveHingeLoss } from '../ranking/adaptive-hinge.js';
import { bprLoss } from '../ranking/bpr.js';
import { warpLoss } from '../ranking/warp.js';
import type { RankingLoss } from '../types.js';
import { findBroken } from './describe-promises.js';
import { createRankingPromises } from './describe-ranking-loss.js';

const findBrokenBy = (mutant: RankingLoss) => findBroken(createRankingPromises(mutant));

describe('describeRankingLoss', () => {
  it('accepts a correct loss', () => expect(findBrokenBy(adaptiveHingeLoss())).toEqual([]));

  it("catches Spotlight's mix-up of negatives between users", () => {
    // Scores of [query, negative] read as [negative, query]: what Spotlight's factorization does with its tiled users.
    const mixed: RankingLoss = {
      ...adaptiveHingeLoss(),
      compute({ positive, negatives }) {
        const mixedNegatives = tf.transpose(tf.reshape(negatives, [negatives.shape[1], negatives.shape[0]]));
        return adaptiveHingeLoss().compute({ positive, negatives: mixedNegatives as tf.Tensor2D });
      },
    };
    expect(findBrokenBy(mixed)).toContain('computes the loss of a query from the scores of that query only');
  });

  it('catches a loss that is averaged over queries', () => {
    const averaged: RankingLoss = {
      ...bprLoss(),
      compute: (scores) => tf.mean(bprLoss().compute(scores)) as tf.Tensor as tf.Tensor1D,
    };
    expect(findBrokenBy(averaged)).toContain('returns one value per query');
  });

  it('catches a loss with the wrong sign', () => {
    const negated: RankingLoss = { ...bprLoss(), compute: (scores) => tf.neg(bprLoss().compute(scores)) };
    expect(findBrokenBy(negated)).toEqual([
      'decreases when the score of the positive increases',
      'never decreases when the score of a negative increases',
    ]);
  });

  it('catches a logarithm of a rounded sigmoid', () => {
    const naive: RankingLoss = {
      ...bprLoss(),
      compute: ({ positive, negatives }) =>
        tf.neg(tf.mean(tf.log(tf.sigmoid(tf.sub(tf.expandDims(positive, 1), negatives))), 1)) as tf.Tensor1D,
    };
    expect(findBrokenBy(naive)).toEqual(['has finite gradients at scores of ±80']);
  });

  it('catches a loss that keeps a tensor', () => {
    const leaking: RankingLoss = { ...bprLoss(), compute: (scores) => tf.keep(bprLoss().compute(scores)) };
    expect(findBrokenBy(leaking)).toEqual(['frees all its intermediate tensors']);
  });

  it('catches a loss that depends on the order of its negatives without inOrder', () => {
    expect(findBrokenBy(warpLoss())).toContain('does not depend on the order of the negatives');
  });
});
