import { createRng } from '@footlight/core';
import { adam } from '@footlight/engine';
import { bprLoss, multinomialLoss, squaredLoss } from '@footlight/losses';
import type { Reads } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { createBatchSource } from './batch-source.js';
import { sampleNegatives } from './sample-negatives.js';
import { selectQueries } from './select-queries.js';
import type { FitOptions, StepContext } from './types.js';

// User 0 chooses the items 4, 2, 4; user 2 the items 1, 3; user 1 nothing.
const train = createInteractions(
  [
    [0, 4],
    [2, 1],
    [0, 2],
    [2, 3],
    [0, 4],
  ],
  3,
  5,
);
const listBatches = (reads: Reads, more: Partial<FitOptions> = {}, from = 0) => {
  const rng = createRng(1);
  const defaults = { loss: bprLoss(), optimizer: adam({ learningRate: 0.01 }), epochs: 1, batchSize: 2, rng };
  const { steps, batchesFrom } = createBatchSource(reads, train, { ...defaults, ...more });
  return { steps, batches: [...batchesFrom(from, createRng('order'))] };
};

describe('createBatchSource', () => {
  it('yields every interaction once as a pair, and ratings only to rating losses', () => {
    const { steps, batches } = listBatches('user');
    expect(steps).toBe(3); // ⌈5 / 2⌉
    const pairs = batches.flatMap(({ users, targets }) => Array.from(users, (user, at) => [user, targets[at]]));
    expect(pairs.sort()).toEqual([
      [0, 2],
      [0, 4],
      [0, 4],
      [2, 1],
      [2, 3],
    ]);
    expect(batches[0]!.ratings).toBeUndefined();
    expect(listBatches('user', { loss: squaredLoss() }).batches[0]!.ratings).toHaveLength(2);
  });

  it('yields windows of one more item than a sequence model reads, as steps and targets', () => {
    const { batches } = listBatches({ history: 2 });
    const rows = batches.flatMap(({ users, history, targets, mask, time }) =>
      Array.from(users, (_, row) => {
        const real = Array.from({ length: time }, (__, step) => step).filter((step) => mask[row * time + step] === 1);
        return real.map((step) => [history[row * time + step], targets[row * time + step]]);
      }),
    );
    expect(rows.sort()).toEqual([
      [[1, 3]],
      [
        [4, 2],
        [2, 4],
      ],
    ]);
  });

  it('yields a row per target with subsequences, and draws negatives for the last step only', () => {
    const { steps, batches } = listBatches(
      { history: 2 },
      { windows: { length: 3, firstTarget: true, layout: 'subsequences' } },
    );
    expect(steps).toBe(3); // ⌈5 / 2⌉
    const rows = batches.flatMap(({ users, history, targets, mask, time }) =>
      Array.from(users, (user, row) => {
        const real = Array.from({ length: time }, (__, step) => step).filter((step) => mask[row * time + step] === 1);
        return `${user}: ${real.map((step) => history[row * time + step])} > ${targets[row]}`;
      }),
    );
    expect(rows.sort()).toEqual(['0:  > 4', '0: 4 > 2', '0: 4,2 > 4', '2:  > 1', '2: 1 > 3']);
    const sampled: number[][] = [];
    const sampler = {
      sample(users: Int32Array, positives: Int32Array) {
        sampled.push([users.length, positives.length]);
        return positives;
      },
    };
    const context = { sampler, loss: bprLoss() } as unknown as StepContext;
    sampleNegatives(context, selectQueries(batches[0]!), { rng: createRng(1), epoch: 0 });
    expect(sampled).toEqual([[2, 2]]);
  });

  it('sorts windows into lengths within pools of batches, and refuses windows without targets', () => {
    const times = (lengthPool: number) =>
      listBatches({ history: 2 }, { batchSize: 1, windows: { length: 3, lengthPool } }).batches.map(({ time }) => time);
    expect(times(5).sort()).toEqual([1, 2]); // the windows 4 2 4 and 1 3
    expect(() => listBatches({ history: 2 }, { windows: { length: 1 } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(windows): expected at least one window with a target, received windows of one item only. Set firstTarget, which predicts the first item of a window too, or leave minimum out.]`,
    );
  });

  it('refuses interactions of which none counts', () => {
    const nothing = {
      ...createInteractions(
        [
          [0, 0],
          [0, 1],
        ],
        1,
        3,
      ),
      weights: Float32Array.of(0, 0),
    };
    const options = { loss: multinomialLoss(), batchSize: 1 } as never;
    expect(() => createBatchSource('user', nothing, options)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(train): expected an interaction with a weight above 0, received none. The filters or the split removed them all.]`,
    );
  });

  it('yields every user once with a basket, whose items are the targets', () => {
    const { steps, batches } = listBatches('basket', { loss: multinomialLoss(), batchSize: 1 });
    expect(steps).toBe(2);
    expect(batches.map(({ users, baskets }) => [users[0], [...baskets!.ids]]).sort()).toEqual([
      [0, [4, 2]],
      [2, [1, 3]],
    ]);
    expect(batches.every(({ targetMask }) => targetMask![0] === 1)).toBe(true);
  });

  it.each<Reads>(['user', { history: 1 }, 'basket'])('continues an epoch from any step: %j', (reads) => {
    const options = { loss: multinomialLoss(), batchSize: 1 };
    const { batches } = listBatches(reads, options);
    expect(listBatches(reads, options, 1).batches).toEqual(batches.slice(1));
  });
});
