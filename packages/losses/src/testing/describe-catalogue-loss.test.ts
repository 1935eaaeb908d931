import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { softmaxLoss } from '../catalogue/softmax.js';
import type { CatalogueLoss } from '../types.js';
import { createCataloguePromises } from './describe-catalogue-loss.js';
import { findBroken } from './describe-promises.js';

const findBrokenBy = (compute: CatalogueLoss['compute']) =>
  findBroken(createCataloguePromises({ ...softmaxLoss(), compute }));

describe('describeCatalogueLoss', () => {
  it('accepts a correct loss', () => expect(findBrokenBy(softmaxLoss().compute)).toEqual([]));

  it('catches a softmax over queries instead of items', () => {
    const transposed: CatalogueLoss['compute'] = ({ scores, targets }) =>
      softmaxLoss().compute({ scores: tf.transpose(tf.logSoftmax(tf.transpose(scores))) as tf.Tensor2D, targets });
    expect(findBrokenBy(transposed)).toContain('computes the loss of a query from the scores of that query only');
  });

  it('catches a logarithm of a rounded probability', () => {
    const naive: CatalogueLoss['compute'] = ({ scores, targets }) =>
      tf.neg(
        tf.sum(tf.mul(tf.oneHot(targets as tf.Tensor1D, scores.shape[1]), tf.log(tf.softmax(scores))), 1),
      ) as tf.Tensor1D;
    expect(findBrokenBy(naive)).toEqual([
      'is equal for one target per query as ids and as coordinate pairs',
      'has finite gradients at scores of ±80',
    ]);
  });
});
