import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { adaptiveHingeLoss } from '../ranking/adaptive-hinge.js';
import { bprLoss } from '../ranking/bpr.js';
import { warpLoss } from '../ranking/warp.js';
import type { RankingLoss } from '../types.js';
import { findBroken } from './describe-promises.js';
import { createRankingPromises } from './describe-ranking-loss.js';

const brokenBy = (mutant: RankingLoss) => findBroken(createRankingPromises(mutant));

/** A loss that sees other scores than it was given. */
const seeing = (loss: RankingLoss, see: (negatives: tf.Tensor2D) => tf.Tensor2D): RankingLoss => ({
  ...loss,
  compute: (scores) => loss.compute({ ...scores, negatives: see(scores.negatives) }),
});

describe('describeRankingLoss', () => {
  it('accepts a loss as it should be', () => expect(brokenBy(adaptiveHingeLoss())).toEqual([]));

  it("catches Spotlight's mix-up of negatives between users", () => {
    // Scores of [query, negative] read as [negative, query]: what Spotlight's factorization does with its tiled users.
    const mixed = seeing(
      adaptiveHingeLoss(),
      (negatives) => tf.transpose(tf.reshape(negatives, [negatives.shape[1], negatives.shape[0]])) as tf.Tensor2D,
    );
    expect(brokenBy(mixed)).toContain('reads each query alone');
  });

  it('catches a loss that is averaged over queries', () => {
    const averaged: RankingLoss = {
      ...bprLoss(),
      compute: (scores) => tf.mean(bprLoss().compute(scores)) as tf.Tensor as tf.Tensor1D,
    };
    expect(brokenBy(averaged)).toContain('returns one value per query');
  });

  it('catches a loss with the sign the wrong way round', () => {
    const upsideDown: RankingLoss = { ...bprLoss(), compute: (scores) => tf.neg(bprLoss().compute(scores)) };
    expect(brokenBy(upsideDown)).toEqual(['falls when the positive rises', 'never falls when a negative rises']);
  });

  it('catches a logarithm of a rounded sigmoid', () => {
    const naive: RankingLoss = {
      ...bprLoss(),
      compute: ({ positive, negatives }) =>
        tf.neg(tf.mean(tf.log(tf.sigmoid(tf.sub(tf.expandDims(positive, 1), negatives))), 1)) as tf.Tensor1D,
    };
    expect(brokenBy(naive)).toEqual(['keeps a finite gradient at scores of ±80']);
  });

  it('catches a loss that keeps a tensor', () => {
    const hoarding: RankingLoss = { ...bprLoss(), compute: (scores) => tf.keep(bprLoss().compute(scores)) };
    expect(brokenBy(hoarding)).toEqual(['leaves no tensor behind']);
  });

  it('catches a loss that depends on the order of its negatives and does not say so', () => {
    expect(brokenBy(warpLoss())).toContain('ignores the order of the negatives');
  });
});
