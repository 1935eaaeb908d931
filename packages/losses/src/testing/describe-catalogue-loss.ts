import { tf } from '@footlight/engine';
import { expectClose } from '@footlight/engine/testing';
import { expect } from 'vitest';
import type { CatalogueLoss } from '../types.js';
import {
  computeValues,
  expectFiniteGradients,
  expectNoTensorLeft,
  expectOneValuePerQuery,
  expectOthersUnchanged,
  forEachQuery,
} from './assertions.js';
import { describePromises, type Promised } from './describe-promises.js';

/** `[query, item]` */
type Scores = readonly (readonly number[])[];

// 3 queries, 5 items.
const scores: Scores = [
  [0.3, 0.7, -1.2, 0.1, 0.45],
  [1.9, 2.2, 0.4, -0.6, 1.1],
  [-0.5, 0.9, 0.2, -1.4, -0.3],
];
const targets = [2, 0, 4];

/**
 * Contract suite of catalogue losses: defines one test, on each backend, per promise that every such loss must keep.
 *
 * @example
 * describeCatalogueLoss('softmaxLoss', softmaxLoss());
 */
export function describeCatalogueLoss(name: string, loss: CatalogueLoss): void {
  describePromises(name, createCataloguePromises(loss));
}

/** Creates the promises of `describeCatalogueLoss`, for tests of the suite itself. */
export function createCataloguePromises(loss: CatalogueLoss): Promised[] {
  const compute = (given = scores, wanted = targets) =>
    computeValues(() => loss.compute({ scores: toMatrix(given), targets: tf.tensor1d(wanted, 'int32') }));
  const forEachScore = (check: (query: number, item: number) => void) =>
    forEachQuery((query) => {
      for (const item of scores[query]!.keys()) check(query, item);
    });

  return [
    [
      'returns one value per query',
      () =>
        expectOneValuePerQuery(
          () => loss.compute({ scores: toMatrix(scores), targets: tf.tensor1d(targets, 'int32') }),
          3,
        ),
    ],
    [
      'computes the loss of a query from the scores of that query only',
      () => forEachScore((query, item) => expectOthersUnchanged(compute(raiseScore(query, item, 5)), compute(), query)),
    ],
    [
      'decreases when the score of a target increases',
      () =>
        forEachQuery((query) =>
          expect(compute(raiseScore(query, targets[query]!, 0.5))[query]).toBeLessThan(compute()[query]!),
        ),
    ],
    [
      'never decreases when the score of another item increases',
      () =>
        forEachScore((query, item) => {
          if (item !== targets[query])
            expect(compute(raiseScore(query, item, 0.5))[query]).toBeGreaterThanOrEqual(compute()[query]!);
        }),
    ],
    [
      'does not depend on the order of the items',
      () =>
        expectClose(
          compute(
            scores.map((row) => [...row].reverse()),
            targets.map((item) => 4 - item),
          ),
          compute(),
        ),
    ],
    [
      'is equal for one target per query as ids and as coordinate pairs',
      () =>
        expectClose(
          computeValues(() =>
            loss.compute({
              scores: toMatrix(scores),
              targets: { query: tf.tensor1d([0, 1, 2], 'int32'), item: tf.tensor1d(targets, 'int32') },
            }),
          ),
          compute(),
        ),
    ],
    [
      'has finite gradients at scores of ±80',
      () =>
        expectFiniteGradients(
          (given) => loss.compute({ scores: given as tf.Tensor2D, targets: tf.tensor1d(targets, 'int32') }),
          () => [tf.mul(toMatrix(scores.map((row) => row.map(Math.sign))), 80)],
        ),
    ],
    ['frees all its intermediate tensors', () => expectNoTensorLeft(compute)],
  ];
}

function toMatrix(rows: Scores): tf.Tensor2D {
  return tf.tensor2d(rows.map((row) => [...row]));
}

function raiseScore(query: number, item: number, by: number): Scores {
  return scores.map((values, row) =>
    values.map((value, column) => (row === query && column === item ? value + by : value)),
  );
}
