import { createRng } from '@footlight/core';
import { expectClose } from '@footlight/engine/testing';
import { factorization, type Network, popularity } from '@footlight/models';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTwoTastes } from '../fixtures.js';
import { createPredictor, createScorerPredictor, toModelInput, toQueries } from './predictor.js';

/** Its vector is the sum of the item ids so far, so that a mask that is ignored or a step that is missed shows. */
const summing: Network = {
  reads: { history: 3 },
  parameters: {},
  encode({ history, mask }) {
    return { vectors: tf.expandDims(tf.cumsum(tf.mul(tf.cast(history, 'float32'), mask), 1), 2) as tf.Tensor3D }; // [batch, time, 1]
  },
  score: (vectors, candidates) =>
    candidates ? (tf.mul(vectors, tf.cast(candidates, 'float32')) as tf.Tensor2D) : tf.tile(vectors, [1, 5]),
};

describe('pastOf', () => {
  it('shows the last steps, padded on the left', () => {
    const { history, mask, time } = toModelInput([Int32Array.of(7, 8), Int32Array.of(1, 2, 3, 4), new Int32Array(0)], {
      history: 3,
    });
    expect(time).toBe(3);
    expect([...history]).toEqual([0, 7, 8, 2, 3, 4, 0, 0, 0]);
    expect([...mask]).toEqual([0, 1, 1, 1, 1, 1, 0, 0, 0]);
  });

  it('shows no items to models that read user ids', () => {
    const { history, mask, users } = toModelInput([Int32Array.of(7, 8)], 'user', Int32Array.of(5));
    expect([[...history], [...mask], [...users]]).toEqual([[0], [0], [5]]);
  });
});

describe('createPredictor', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('scores by the vector after the last step', () => {
    const predictor = createPredictor(summing);
    const queries = toQueries(toModelInput([Int32Array.of(9, 1, 2, 3), Int32Array.of(4)], { history: 3 }));
    expect([...predictor.score(queries).dataSync()]).toEqual([6, 6, 6, 6, 6, 4, 4, 4, 4, 4]);
    expect([
      ...predictor
        .scoreCandidates(
          queries,
          tf.tensor2d(
            [
              [0, 2],
              [1, 3],
            ],
            [2, 2],
            'int32',
          ),
        )
        .dataSync(),
    ]).toEqual([0, 12, 4, 12]);
    expect([...predictor.scoreHistory!(Int32Array.of(1, 1)).dataSync()]).toEqual([2, 2, 2, 2, 2]);
  });

  it('scores candidates as it scores the catalogue', () => {
    const predictor = createPredictor(factorization({ dim: 5 }).build({ userCount: 3, itemCount: 7 }, createRng(1)));
    const queries = toQueries(toModelInput([new Int32Array(0), new Int32Array(0)], 'user', Int32Array.of(2, 0)));
    const all = predictor.score(queries).arraySync();
    const candidates = [
      [6, 0, 3],
      [1, 1, 5],
    ];
    const some = predictor.scoreCandidates(queries, tf.tensor2d(candidates, [2, 3], 'int32')).arraySync();
    expectClose(
      some.flat(),
      candidates.flatMap((items, row) => items.map((item) => all[row]![item]!)),
      1e-6,
    );
  });
});

describe('createScorerPredictor', () => {
  it('picks candidates out of the catalogue', () => {
    const train = createTwoTastes();
    const predictor = createScorerPredictor(popularity().solve(train, createRng(1)));
    const queries = toQueries(toModelInput([new Int32Array(0)], 'user'));
    const all = predictor.score(queries).dataSync();
    expect([...predictor.scoreCandidates(queries, tf.tensor2d([[3, 33]], [1, 2], 'int32')).dataSync()]).toEqual([
      all[3],
      all[33],
    ]);
  });
});
