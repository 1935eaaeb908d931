import { assertShape, invalid } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import type { RankingScores } from '../types.js';

/** Checks that both kinds of scores belong to the same queries. */
export function assertScores(where: string, { positive, negatives }: RankingScores): void {
  const { query } = assertShape(`${where}(positive)`, positive, ['query']);
  const { negative } = assertShape(`${where}(negatives)`, negatives, ['query', 'negative'], { query });
  if (negative === 0) invalid(`${where}(negatives)`, 'at least one negative per query', negative);
}

/** Checks the margin of a hinge. */
export function assertMargin(where: string, margin: number): void {
  if (!(margin >= 0 && margin < Infinity)) invalid(`${where}(margin)`, 'a finite number from 0', margin);
}

/** How far each negative is ahead of its own query's positive. @shape `[query, negative]` */
export function subtractPositive({ positive, negatives }: RankingScores): tf.Tensor2D {
  return tf.sub(negatives, tf.expandDims(positive, 1));
}

/**
 * The entry of each row that `column` points at. Its gradient goes to that entry alone, where that of `tf.max` goes to all that are equal.
 *
 * @shape rows `[query, negative]`, column `[query]` int32 → `[query]`
 */
export function selectPerRow(rows: tf.Tensor2D, column: tf.Tensor1D): tf.Tensor1D {
  return tf.sum(tf.mul(rows, tf.oneHot(column, rows.shape[1])), 1);
}
