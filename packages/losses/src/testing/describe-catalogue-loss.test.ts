import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { softmaxLoss } from '../catalogue/softmax.js';
import type { CatalogueLoss } from '../types.js';
import { createCataloguePromises } from './describe-catalogue-loss.js';
import { findBroken } from './describe-promises.js';

const brokenBy = (compute: CatalogueLoss['compute']) =>
  findBroken(createCataloguePromises({ ...softmaxLoss(), compute }));

describe('describeCatalogueLoss', () => {
  it('accepts a loss as it should be', () => expect(brokenBy(softmaxLoss().compute)).toEqual([]));

  it('catches a softmax over queries instead of items', () => {
    const turned: CatalogueLoss['compute'] = ({ scores, targets }) =>
      softmaxLoss().compute({ scores: tf.transpose(tf.logSoftmax(tf.transpose(scores))) as tf.Tensor2D, targets });
    expect(brokenBy(turned)).toContain('reads each query alone');
  });

  it('catches a logarithm of a rounded probability', () => {
    const naive: CatalogueLoss['compute'] = ({ scores, targets }) =>
      tf.neg(
        tf.sum(tf.mul(tf.oneHot(targets as tf.Tensor1D, scores.shape[1]), tf.log(tf.softmax(scores))), 1),
      ) as tf.Tensor1D;
    expect(brokenBy(naive)).toEqual([
      'takes one target per query as ids and as entries alike',
      'keeps a finite gradient at scores of ±80',
    ]);
  });
});
