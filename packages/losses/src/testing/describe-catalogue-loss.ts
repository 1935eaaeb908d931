import { expectClose } from '@footlight/engine/testing';
import * as tf from '@tensorflow/tfjs';
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

type Scores = readonly (readonly number[])[]; // [query, item]

// 3 queries, 5 items.
const scores: Scores = [
  [0.3, 0.7, -1.2, 0.1, 0.45],
  [1.9, 2.2, 0.4, -0.6, 1.1],
  [-0.5, 0.9, 0.2, -1.4, -0.3],
];
const targets = [2, 0, 4];

/** The promises that every catalogue loss keeps, as tests. */
export function describeCatalogueLoss(name: string, loss: CatalogueLoss): void {
  describePromises(name, createCataloguePromises(loss));
}

/** The same promises as functions that throw. */
export function createCataloguePromises(loss: CatalogueLoss): Promised[] {
  const compute = (given = scores, wanted = targets) =>
    computeValues(() => loss.compute({ scores: toMatrix(given), targets: tf.tensor1d(wanted, 'int32') }));
  const everywhere = (check: (query: number, item: number) => void) =>
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
      'reads each query alone',
      () => everywhere((query, item) => expectOthersUnchanged(compute(raiseScore(query, item, 5)), compute(), query)),
    ],
    [
      'falls when the target rises',
      () =>
        forEachQuery((query) =>
          expect(compute(raiseScore(query, targets[query]!, 0.5))[query]).toBeLessThan(compute()[query]!),
        ),
    ],
    [
      'never falls when another item rises',
      () =>
        everywhere((query, item) => {
          if (item !== targets[query])
            expect(compute(raiseScore(query, item, 0.5))[query]).toBeGreaterThanOrEqual(compute()[query]!);
        }),
    ],
    [
      'ignores the order of the items',
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
      'takes one target per query as ids and as entries alike',
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
      'keeps a finite gradient at scores of ±80',
      () =>
        expectFiniteGradients(
          (given) => loss.compute({ scores: given as tf.Tensor2D, targets: tf.tensor1d(targets, 'int32') }),
          () => [tf.mul(toMatrix(scores.map((row) => row.map(Math.sign))), 80)],
        ),
    ],
    ['leaves no tensor behind', () => expectNoTensorLeft(compute)],
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
