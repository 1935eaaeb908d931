import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { createInteractions, createTablePredictor } from '../fixtures.js';
import { createRecommender } from './create-recommender.js';
import type { Predictor } from './predictor.js';
import type { Recommender } from './types.js';

/** User 100 chose item A (id 0), then E (id 40); user 101 chose nothing. */
export const known: Interactions = createInteractions(
  [
    [0, 0],
    [0, 4],
  ],
  2,
  5,
);

/** The scores of both users. It reads no histories. */
export const tablePredictor: Predictor = createTablePredictor([
  [9, 1, 5, 5, 8],
  [1, 2, 3, 4, 5],
]);

/** The same scores, with histories and vectors of the items. */
export const tableRecommender: Recommender = createRecommender(
  {
    ...tablePredictor,
    histories: {
      score: (history) => tf.tensor2d([[0, 1, 2, 3, 4].map((item) => item - (history.at(-1) ?? 0))]),
    },
    itemVectors: () =>
      tf.tensor2d([
        [1, 0],
        [2, 0.1],
        [0, 1],
        [-1, 0],
        [1, 1],
      ]),
  },
  known,
);
