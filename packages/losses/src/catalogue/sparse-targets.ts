import { assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import type { CatalogueLoss, SparseTargets } from '../types.js';

type Input = Parameters<CatalogueLoss['compute']>[0];

/**
 * Targets as entries, whichever way they are given.
 *
 * @shape scores `[query, item]`, targets `[query]` or entries → entries
 * @throws {RecsysError} `invalid-argument` if scores and targets disagree on `query`
 */
export function toSparseTargets(where: string, { scores, targets }: Input): SparseTargets {
  const { query } = assertShape(`${where}(scores)`, scores, ['query', 'item']);
  return entriesOf(where, targets, query);
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
