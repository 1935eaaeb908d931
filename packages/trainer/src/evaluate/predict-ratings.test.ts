import { ratingScale } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { createInteractions, createTablePredictor } from '../fixtures.js';
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
  const predict = (options: Parameters<typeof predictRatings>[3]) => {
    const predictor = createTablePredictor([
      [0.25, 0.5, 0.75],
      [1, 0.25, 0],
    ]);
    return predictRatings(predictor, targets, batch, options);
  };

  it('returns the scores of all targets, one user after the other', async () =>
    expect([...(await predict({}))]).toEqual([0.5, 0, 1]));

  it('has memory for the targets, not for the most targets of one user times the users', async () => {
    const counts = [2000, ...Array.from({ length: 999 }, () => 1)];
    const many = createInteractions(
      counts.flatMap((count, user) => Array.from({ length: count }, (_, k): [number, number] => [user, k % 3])),
      counts.length,
      3,
    );
    let next = 0;
    const targetRows = counts.map((count) => Int32Array.from({ length: count }, () => next++));
    const [users, histories] = [Int32Array.from(counts.keys()), counts.map(() => new Int32Array(0))];
    const predictor = createTablePredictor(counts.map((_, user) => [user, user + 0.25, user + 0.5]));
    let scored = 0;
    const counting: typeof predictor = {
      ...predictor,
      scoreCandidates(queries, candidates) {
        scored += candidates.size;
        return predictor.scoreCandidates(queries, candidates);
      },
    };
    const found = await predictRatings(counting, many, { start: 0, users, histories, targetRows }, {});
    expect([...found]).toEqual([...many.users].map((user, row) => user + many.items[row]! / 4));
    expect(scored).toBeLessThanOrEqual(2 * many.users.length); // 2,000,000 if all users had the width of the first
  });

  it('applies the link of the loss, then converts to the scale of the source', async () => {
    const link = (scores: tf.Tensor1D) => tf.square(scores) as tf.Tensor1D;
    expect([...(await predict({ link, ratingScale: ratingScale({ from: [1, 5] }) }))]).toEqual([2, 1, 5]); // 1 + 4 s²
  });
});
