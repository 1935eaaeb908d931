import { assertShape } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { CatalogueScores, SparseTargets } from '../types.js';

/**
 * Checks shapes and converts targets to coordinate pairs.
 *
 * @shape scores `[query, item]`, targets `[query]` int32 or coordinate pairs `[entry]` → coordinate pairs `[entry]`
 * @throws {RecsysError} `invalid-argument` if scores and targets disagree on `query`
 */
export function toSparseTargets(where: string, { scores, targets }: CatalogueScores): SparseTargets {
  const { query } = assertShape(`${where}(scores)`, scores, ['query', 'item']);
  if (targets instanceof tf.Tensor) {
    assertShape(`${where}(targets)`, targets, ['query'], { query });
    return { query: tf.range(0, query, 1, 'int32'), item: targets };
  }
  const { entry } = assertShape(`${where}(targets.query)`, targets.query, ['entry']);
  assertShape(`${where}(targets.item)`, targets.item, ['entry'], { entry });
  if (targets.weight) assertShape(`${where}(targets.weight)`, targets.weight, ['entry'], { entry });
  return targets;
}
