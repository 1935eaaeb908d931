import { createRng } from '@footlight/core';
import { hasFusedRanking, tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { factorization } from '@footlight/models';
import { expect, it } from 'vitest';
import { createTablePredictor } from '../fixtures.js';
import { toModelInput, toQueries } from '../recommend/model-input.js';
import { createPredictor } from '../recommend/predictor.js';
import { createScoreLookup } from './measure-sampled.js';
import { createScoreSource } from './score-source.js';

const [userCount, itemCount, dim] = [3, 7, 5];
const users = Int32Array.of(2, 0);
const input = toModelInput([new Int32Array(0), new Int32Array(0)], 'user', users);

describeOnBackends('createScoreSource', () => {
  const createNetwork = () => factorization({ dim }).build({ userCount, itemCount }, createRng(1));

  it('computes the scores of the model, or factors whose products they are', async () => {
    const network = createNetwork();
    for (const table of [network.bilinear!.userBias!, network.bilinear!.itemBias!])
      table.assign(tf.tensor2d(Array.from({ length: table.shape[0]! }, (_, id) => [id])));
    const predictor = createPredictor(network);
    const scores = await createScoreSource(predictor, itemCount).computeScores(input);
    const lookUp = createScoreLookup(scores, itemCount);
    const all = tf.tidy(() => predictor.score(toQueries(input)).arraySync()); // with the bias of the user
    const differences = all.map((row, user) => row.map((score, item) => score - lookUp(user, item)));
    // Factors may leave out the bias of the user, which does not change a ranking.
    for (const row of differences) expectClose(row, new Array(itemCount).fill(row[0]), 1e-5);
    expect(Math.abs(all[0]![0]! - all[0]![6]!)).toBeGreaterThan(5); // the bias of item 6 is 6
  });

  it('reads factors where the engine ranks them, and counts the memory of a user', () => {
    const source = createScoreSource(createPredictor(createNetwork()), itemCount);
    expect(source.scoresPerUser).toBe(hasFusedRanking() ? 1 : itemCount);
  });

  it('computes all scores of a model whose scores are not products', async () => {
    const table = [
      [1, 2, 3],
      [5, 7, 11],
      [13, 17, 19],
    ];
    const source = createScoreSource(createTablePredictor(table), 3);
    expect(source.scoresPerUser).toBe(3);
    const scores = await source.computeScores(input);
    expectClose('rows' in scores ? scores.rows : [], [13, 17, 19, 1, 2, 3]);
  });
});
