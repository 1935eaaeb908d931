import { expectClose } from '@footlight/engine/testing';
import * as tf from '@tensorflow/tfjs';
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

export interface RankingLossPromises {
  /**
   * The loss takes the negatives for draws in order, as WARP does: their order then matters, and only the first may be relied upon to raise the loss.
   * Default false.
   */
  readonly inOrder?: boolean;
}

interface Scores {
  readonly positive: readonly number[]; // [query]
  readonly negatives: readonly (readonly number[])[]; // [query, negative]
}

// The first negative of every query is ahead of its positive, so that margins are violated. 3 queries, 5 negatives.
const scores: Scores = {
  positive: [0.3, 1.9, -0.5],
  negatives: [
    [0.7, -1.2, 0.1, 0.45, -0.2],
    [2.2, 0.4, -0.6, 1.1, 2.6],
    [0.9, 0.2, -1.4, -0.3, 0.6],
  ],
};

/** The promises that every ranking loss keeps, as tests. */
export function describeRankingLoss(name: string, loss: RankingLoss, promises: RankingLossPromises = {}): void {
  describePromises(name, createRankingPromises(loss, promises));
}

/** The same promises as functions that throw. */
export function createRankingPromises(loss: RankingLoss, { inOrder = false }: RankingLossPromises = {}): Promised[] {
  const tensors = ({ positive, negatives }: Scores, factor = 1) => ({
    positive: tf.mul(tf.tensor1d([...positive]), factor) as tf.Tensor1D,
    negatives: tf.mul(tf.tensor2d(negatives.map((row) => [...row])), factor) as tf.Tensor2D,
  });
  const compute = (given = scores) => computeValues(() => loss.compute({ ...tensors(given), itemCount }));
  const raisable = inOrder ? [0] : [0, 1, 2, 3, 4];

  const promises: Promised[] = [
    [
      'returns one value per query',
      () => expectOneValuePerQuery(() => loss.compute({ ...tensors(scores), itemCount }), 3),
    ],
    [
      'reads each query alone',
      () => forEachQuery((query) => expectOthersUnchanged(compute(perturbQuery(query)), compute(), query)),
    ],
    [
      'falls when the positive rises',
      () =>
        forEachQuery((query) =>
          expect(compute(raiseScore(query, 'positive', 0.05))[query]).toBeLessThan(compute()[query]!),
        ),
    ],
    [
      'never falls when a negative rises',
      () =>
        forEachQuery((query) => {
          for (const column of raisable)
            expect(compute(raiseScore(query, column, 0.5))[query]).toBeGreaterThanOrEqual(compute()[query]!);
        }),
    ],
    [
      'keeps a finite gradient at scores of ±80',
      () =>
        expectFiniteGradients(
          (positive, negatives) =>
            loss.compute({ positive: positive as tf.Tensor1D, negatives: negatives as tf.Tensor2D, itemCount }),
          () => Object.values(tensors(signs, 80)),
        ),
    ],
    ['leaves no tensor behind', () => expectNoTensorLeft(compute)],
  ];
  if (!inOrder) promises.push(['ignores the order of the negatives', () => expectClose(compute(reversed), compute())]);
  return promises;
}

const itemCount = 31;

const reversed: Scores = { ...scores, negatives: scores.negatives.map((row) => [...row].reverse()) };

const signs: Scores = {
  positive: scores.positive.map(Math.sign),
  negatives: scores.negatives.map((row) => row.map(Math.sign)),
};

/** One query's scores turned upside down and moved. */
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
