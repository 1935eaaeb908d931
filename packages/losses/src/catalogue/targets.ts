import { assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import type { CatalogueLoss, SparseTargets } from '../types.js';

type Input = Parameters<CatalogueLoss['compute']>[0];

/**
 * How often each item is a target of each query, as a constant.
 *
 * @shape scores `[query, item]`, targets `[query]` or entries → `[query, item]`
 * @throws {RecsysError} `invalid-argument` if scores and targets disagree on `query`
 */
export function targetCounts(where: string, { scores, targets }: Input): tf.Tensor2D {
  const { query } = assertShape(`${where}(scores)`, scores, ['query', 'item']);
  const { query: rows, item } = entriesOf(where, targets, query);
  // Not gather: the backward pass would scatter into queries × items one segment at a time.
  return tf.scatterND(tf.stack([rows, item], 1), tf.ones([rows.shape[0]]), scores.shape);
}

function entriesOf(where: string, targets: tf.Tensor1D | SparseTargets, query: number): SparseTargets {
  if (targets instanceof tf.Tensor) {
    assertShape(`${where}(targets)`, targets, ['query'], { query });
    return { query: tf.range(0, query, 1, 'int32'), item: targets };
  }
  const { entry } = assertShape(`${where}(targets.query)`, targets.query, ['entry']);
  assertShape(`${where}(targets.item)`, targets.item, ['entry'], { entry });
  return targets;
}
