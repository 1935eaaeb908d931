import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { expectClose } from '@footlight/engine/testing';
import { factorization, ials, type Network, popularity, random } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTwoTastes } from '../fixtures.js';
import { toModelInput, toQueries } from './model-input.js';
import { createPredictor, createScorerPredictor, type Predictor } from './predictor.js';

/** Its vector is the sum of the item ids so far, so that an ignored mask or a missed step changes the score. */
const summing: Network = {
  reads: { history: 3 },
  parameters: {},
  encode({ history, mask }) {
    const sums = tf.cumsum(tf.mul(tf.cast(history, 'float32'), mask), 1); // [batch, time]
    return { vectors: tf.expandDims(sums, 2) as tf.Tensor3D };
  },
  score: (vectors, candidates) =>
    candidates ? (tf.mul(vectors, tf.cast(candidates, 'float32')) as tf.Tensor2D) : tf.tile(vectors, [1, 5]),
};

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
    expect([...scoreHistory(predictor, 1, 1)]).toEqual([2, 2, 2, 2, 2]);
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
  it('reads candidates from the scores of the catalogue', () => {
    const train = createTwoTastes();
    const predictor = createScorerPredictor(popularity().solve(train, createRng(1)));
    const queries = toQueries(toModelInput([new Int32Array(0)], 'user'));
    const all = predictor.score(queries).dataSync();
    expect([...predictor.scoreCandidates(queries, tf.tensor2d([[3, 33]], [1, 2], 'int32')).dataSync()]).toEqual([
      all[3],
      all[33],
    ]);
  });

  it('scores histories, except with models that say why not', () => {
    const train = createTwoTastes();
    const counted = createScorerPredictor(popularity().solve(train, createRng(1)));
    expect([...scoreHistory(counted, 3)]).toEqual([...tf.tidy(() => counted.score(users(0)).dataSync())]);
    const folded = createScorerPredictor(ials({ dim: 2 }).solve(train, createRng(1)));
    expect(scoreHistory(folded, 3)).toHaveLength(train.catalogue.itemCount);
    expect(createScorerPredictor(random().solve(train, createRng(1))).histories.refusal).toBe(
      'random scores depend on the id of the user',
    );
  });
});

const users = (...ids: number[]) =>
  toQueries(
    toModelInput(
      ids.map(() => new Int32Array(0)),
      'user',
      Int32Array.from(ids),
    ),
  );

function scoreHistory({ histories }: Predictor, ...items: number[]): Float32Array {
  if (histories.refusal !== undefined) throw new Error(histories.refusal);
  return histories.score(Int32Array.from(items)).dataSync() as Float32Array;
}
