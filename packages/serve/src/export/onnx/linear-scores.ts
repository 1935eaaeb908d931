import { invalid } from '@footlight/core';
import { tf } from '@footlight/engine';
import { type Recommender, toModelInput, toQueries } from '@footlight/trainer';
import type { GraphBuilder } from './graph-builder.js';

/** Items whose rows are read together. */
const rowsPerBatch = 256;

/**
 * Adds the scores of a model that adds up a row of weights per item of the history (EASE, SLIM, item-kNN, RP3beta,
 * GF-CF), as a matrix of items by items.
 *
 * Sums are 64-bit, so that equal sums are equal in whatever order they are added.
 *
 * @param clicks `[batch, item]` float32
 * @returns name of the scores, `[batch, item]` float32
 * @throws {RecsysError} `invalid-argument` if scores of histories are not such sums
 */
export function addLinearScores(
  where: string,
  builder: GraphBuilder,
  { predictor, catalogue: { itemCount } }: Recommender,
  clicks: string,
): string {
  const score = (baskets: readonly (readonly number[])[]): Float32Array =>
    tf.tidy(
      () =>
        predictor
          .score(
            toQueries(
              toModelInput(
                baskets.map((items) => Int32Array.from(items)),
                predictor.reads,
              ),
            ),
          )
          .dataSync()
          .slice() as Float32Array,
    );
  const weights = new Float32Array(itemCount * itemCount);
  for (let from = 0; from < itemCount; from += rowsPerBatch) {
    const count = Math.min(rowsPerBatch, itemCount - from);
    weights.set(score(Array.from({ length: count }, (_, at) => [from + at])), from * itemCount);
  }
  const most = typeof predictor.reads === 'object' ? predictor.reads.history : 50;
  const examples = [[], ...[1, 3, 7].map((step) => listEvery(itemCount, step, most))];
  const scores = score(examples);
  const greatest = scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0);
  for (const [row, items] of examples.entries())
    for (let item = 0; item < itemCount; item++) {
      const sum = items.reduce((before, each) => before + weights[each * itemCount + item]!, 0);
      const found = scores[row * itemCount + item]!;
      if (Math.abs(sum - found) > 1e-4 * greatest)
        return invalid(
          where,
          'a model whose scores are sums of weights of the items of the history',
          `a score of ${found} where the sum is ${sum}`,
          'Export its lists instead.',
        );
    }
  const matrix = builder.cast(builder.constant('float32', [itemCount, itemCount], weights), 'float64');
  return builder.cast(builder.add('MatMul', [builder.cast(clicks, 'float64'), matrix]), 'float32');
}

/** Some items at this distance from each other. */
function listEvery(itemCount: number, step: number, most: number): number[] {
  return Array.from({ length: Math.min(most, Math.ceil(itemCount / step)) }, (_, at) => at * step);
}
