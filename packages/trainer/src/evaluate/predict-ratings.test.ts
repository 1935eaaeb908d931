import { ratingScale } from '@footlight/datasets';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createInteractions, createTablePredictor } from '../fixtures.js';
import { toModelInput } from '../recommend/model-input.js';
import { predictRatings } from './predict-ratings.js';

describe('predictRatings', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  const targets = createInteractions(
    [
      [0, 1],
      [1, 2],
      [1, 0],
    ],
    2,
    3,
  );
  const batch = {
    start: 0,
    users: Int32Array.of(0, 1),
    histories: [new Int32Array(0), new Int32Array(0)],
    targetRows: [Int32Array.of(0), Int32Array.of(1, 2)],
  };
  const predict = (options: Parameters<typeof predictRatings>[4]) => {
    const predictor = createTablePredictor([
      [0.25, 0.5, 0.75],
      [1, 0.25, 0],
    ]);
    return predictRatings(predictor, targets, batch, toModelInput(batch.histories, 'user', batch.users), options);
  };

  it('returns the scores of all targets, one user after the other', async () =>
    expect([...(await predict({}))]).toEqual([0.5, 0, 1]));

  it('applies the link of the loss, then converts to the scale of the source', async () => {
    const link = (scores: tf.Tensor1D) => tf.square(scores) as tf.Tensor1D;
    expect([...(await predict({ link, ratingScale: ratingScale({ from: [1, 5] }) }))]).toEqual([2, 1, 5]); // 1 + 4 s²
  });
});
