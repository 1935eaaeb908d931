import { tf } from '@footlight/engine';
import { expectClose } from '@footlight/engine/testing';
import { expect } from 'vitest';
import type { RankingLoss } from '../types.js';
import {
  computeValues,
  expectFiniteGradients,
  expectNoTensorLeft,
  expectOneValuePerQuery,
  expectOthersUnchanged,
  forEachQuery,
} from './assertions.js';
import { describePromises, type Promised } from './describe-promises.js';

/** Options of `describeRankingLoss`. */
export interface RankingLossPromises {
  /**
   * Whether the loss depends on the order in which the negatives were drawn, as WARP does. If true, the suite does not
   * permute the negatives and raises the score of the first negative only. Default false.
   */
  readonly inOrder?: boolean;
  /**
   * Whether negatives count by their score, as in BPR-max: a low one that rises takes weight from a higher one, which
   * may lower the loss. If true, the suite raises the highest negative of each query only. Default false.
   */
  readonly weighted?: boolean;
}

interface Scores {
  /** `[query]` */
  readonly positive: readonly number[];
  /** `[query, negative]` */
  readonly negatives: readonly (readonly number[])[];
}

// 3 queries, 5 negatives. The first negative of each query scores above the positive, so that it violates margins.
const scores: Scores = {
  positive: [0.3, 1.9, -0.5],
  negatives: [
    [0.7, -1.2, 0.1, 0.45, -0.2],
    [2.2, 0.4, -0.6, 1.1, 2.6],
    [0.9, 0.2, -1.4, -0.3, 0.6],
  ],
};

/**
 * Contract suite of ranking losses: defines one test, on each backend, per promise that every such loss must keep.
 *
 * @example
 * describeRankingLoss('bprLoss', bprLoss());
 */
export function describeRankingLoss(name: string, loss: RankingLoss, promises: RankingLossPromises = {}): void {
  describePromises(name, createRankingPromises(loss, promises));
}

/** Creates the promises of `describeRankingLoss`, for tests of the suite itself. */
export function createRankingPromises(
  loss: RankingLoss,
  { inOrder = false, weighted = false }: RankingLossPromises = {},
): Promised[] {
  const tensors = ({ positive, negatives }: Scores, factor = 1) => ({
    positive: tf.mul(tf.tensor1d([...positive]), factor) as tf.Tensor1D,
    negatives: tf.mul(tf.tensor2d(negatives.map((row) => [...row])), factor) as tf.Tensor2D,
  });
  const compute = (given = scores) => computeValues(() => loss.compute({ ...tensors(given), itemCount }));
  const isHighest = (query: number, column: number) =>
    scores.negatives[query]![column] === Math.max(...scores.negatives[query]!);

  const promises: Promised[] = [
    [
      'returns one value per query',
      () => expectOneValuePerQuery(() => loss.compute({ ...tensors(scores), itemCount }), 3),
    ],
    [
      'computes the loss of a query from the scores of that query only',
      () => forEachQuery((query) => expectOthersUnchanged(compute(perturbQuery(query)), compute(), query)),
    ],
    [
      'decreases when the score of the positive increases',
      () =>
        forEachQuery((query) =>
          expect(compute(raiseScore(query, 'positive', 0.05))[query]).toBeLessThan(compute()[query]!),
        ),
    ],
    [
      'never decreases when the score of a negative increases',
      () =>
        forEachQuery((query) => {
          for (const column of [0, 1, 2, 3, 4].filter(
            (each) => (!inOrder || each === 0) && (!weighted || isHighest(query, each)),
          ))
            expect(compute(raiseScore(query, column, 0.5))[query]).toBeGreaterThanOrEqual(compute()[query]!);
        }),
    ],
    [
      'has finite gradients at scores of ±80',
      () =>
        expectFiniteGradients(
          (positive, negatives) =>
            loss.compute({ positive: positive as tf.Tensor1D, negatives: negatives as tf.Tensor2D, itemCount }),
          () => Object.values(tensors(signs, 80)),
        ),
    ],
    ['frees all its intermediate tensors', () => expectNoTensorLeft(compute)],
  ];
  if (!inOrder)
    promises.push(['does not depend on the order of the negatives', () => expectClose(compute(reversed), compute())]);
  return promises;
}

const itemCount = 31;

const reversed: Scores = { ...scores, negatives: scores.negatives.map((row) => [...row].reverse()) };

const signs: Scores = {
  positive: scores.positive.map(Math.sign),
  negatives: scores.negatives.map((row) => row.map(Math.sign)),
};

/** Changes all scores of one query. */
function perturbQuery(query: number): Scores {
  return {
    positive: scores.positive.map((value, row) => (row === query ? value - 0.7 : value)),
    negatives: scores.negatives.map((values, row) =>
      row === query ? values.map((value, column) => 5 * (column + 1) - value) : values,
    ),
  };
}

function raiseScore(query: number, which: number | 'positive', by: number): Scores {
  return {
    positive: scores.positive.map((value, row) => (row === query && which === 'positive' ? value + by : value)),
    negatives: scores.negatives.map((values, row) =>
      values.map((value, column) => (row === query && column === which ? value + by : value)),
    ),
  };
}
