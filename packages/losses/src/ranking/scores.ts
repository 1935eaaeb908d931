import { assertNumber, assertShape, invalid } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { RankingScores } from '../types.js';

/** Checks that positives and negatives have the same number of queries, and that there is at least one negative. */
export function assertScores(where: string, { positive, negatives }: RankingScores): void {
  const { query } = assertShape(`${where}(positive)`, positive, ['query']);
  const { negative } = assertShape(`${where}(negatives)`, negatives, ['query', 'negative'], { query });
  if (negative === 0) invalid(`${where}(negatives)`, 'at least one negative per query', negative);
}

/** Checks the margin of a hinge loss. */
export function assertMargin(where: string, margin: number): void {
  assertNumber(`${where}(margin)`, margin, { from: 0 });
}

/** Subtracts the score of the positive from the scores of its negatives. @shape → `[query, negative]` */
export function subtractPositive({ positive, negatives }: RankingScores): tf.Tensor2D {
  return tf.sub(negatives, tf.expandDims(positive, 1));
}

/**
 * Selects the entry of each row at index `column`.
 *
 * Only the selected entry gets a gradient, whereas `tf.max` gives one to all entries that equal the maximum.
 *
 * @shape rows `[query, negative]`, column `[query]` int32 → `[query]`
 */
export function selectPerRow(rows: tf.Tensor2D, column: tf.Tensor1D): tf.Tensor1D {
  return tf.sum(tf.mul(rows, tf.oneHot(column, rows.shape[1])), 1);
}
