import { createRng } from '@footlight/core';
import { hasFusedRanking, rankTargets, tf, toSparseRows } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { factorization, itemKnn } from '@footlight/models';
import { expect, it } from 'vitest';
import { createTablePredictor } from '../fixtures.js';
import { toModelInput, toQueries } from '../recommend/model-input.js';
import { createPredictor, createScorerPredictor } from '../recommend/predictor.js';
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

  it('leaves sums of sparse rows to the ranking, which ranks them as it ranks the scores', async () => {
    const catalogue = { userCount, itemCount, userIds: new Int32Array(userCount), itemIds: new Int32Array(itemCount) };
    const train = { catalogue, users: Int32Array.of(0, 0, 1, 1, 2, 2), items: Int32Array.of(0, 1, 1, 2, 1, 3) };
    for (const options of [{}, { history: 3 }]) {
      const predictor = createScorerPredictor(itemKnn({ neighbors: 2, ...options }).solve(train, createRng(1)));
      const histories = [Int32Array.of(0, 1, 0), new Int32Array(0)];
      const given = toModelInput(histories, predictor.reads, users);
      const source = createScoreSource(predictor, itemCount);
      expect(source.scoresPerUser).toBe(hasFusedRanking() ? 1 : itemCount);
      const before = tf.memory().numTensors;
      const scores = await source.computeScores(given);
      expect(tf.memory().numTensors).toBe(before);
      const rows = tf.tidy(() => predictor.score(toQueries(given)).dataSync().slice() as Float32Array);
      const lists = {
        itemCount,
        seen: toSparseRows([[0], []]),
        relevant: toSparseRows([
          [2, 6],
          [5, 3],
        ]),
        top: 5,
      };
      expect(rankTargets({ ...lists, scores })).toEqual(rankTargets({ ...lists, scores: { rows } }));
      const lookUp = createScoreLookup(scores, itemCount);
      expect(Array.from(rows, (_, at) => lookUp(Math.floor(at / itemCount), at % itemCount))).toEqual([...rows]);
    }
  });

  it('reads factors into memory of the kernels, which the next sources use again', async () => {
    const predictor = createPredictor(factorization({ dim: 64 }).build({ userCount, itemCount: 100 }, createRng(1)));
    const tables = new Map<ArrayBufferLike, Set<number>>(); // their memory → where they begin
    for (let turn = 0; turn < 6; turn++) {
      const source = createScoreSource(predictor, 100);
      const scores = await source.computeScores(input);
      source.release?.();
      if (!('table' in scores)) continue;
      const { buffer, byteOffset } = scores.table;
      tables.set(buffer, (tables.get(buffer) ?? new Set()).add(byteOffset));
    }
    const places = [...tables.values()].reduce((sum, { size }) => sum + size, 0);
    expect(places).toBeLessThanOrEqual(2);
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
