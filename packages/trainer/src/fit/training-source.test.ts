import { createRng } from '@footlight/core';
import { uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { type Loss, sampledSoftmaxLoss, softmaxLoss } from '@footlight/losses';
import { bert4Rec, sequencePooling } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { fit } from './fit.js';
import { createTrainingSource } from './training-source.js';
import type { FitOptions } from './types.js';

// Seven items in a circle; user u of 13 chooses five in order from item u on.
const train = createInteractions(
  Array.from({ length: 13 }, (_, user) =>
    Array.from({ length: 5 }, (_, step) => [user, (user + step) % 7] as const),
  ).flat(),
  13,
  7,
);
const model = bert4Rec({ dim: 8, history: 4, blocks: 1, dropout: 0, hiddenShare: 0.4, lastOnlyShare: 0.5 });
const createOptions = (more: Partial<FitOptions> = {}): FitOptions => ({
  ...{ loss: softmaxLoss(), optimizer: adam({ learningRate: 0.02 }), epochs: 1, batchSize: 5, rng: createRng(1) },
  ...more,
});
const build = () => model.build(train.catalogue, createRng(1));

describe('createTrainingSource', () => {
  it('makes whole windows the input of a model that hides steps, and the hidden items its targets', () => {
    const { steps, batchesFrom } = createTrainingSource(build(), train, createOptions());
    expect(steps).toBe(3); // ⌈13 / 5⌉
    for (const { history, targets, mask, hiddenSteps, targetMask, time } of batchesFrom(0, createRng(2))) {
      expect(time).toBe(5); // the four steps that the model reads, and one
      expect(history).toEqual(targets);
      expect(mask.every((value) => value === 1)).toBe(true);
      expect(targetMask).toEqual(hiddenSteps);
      const rows = Array.from({ length: mask.length / time }, (_, row) =>
        hiddenSteps!.subarray(row * time, (row + 1) * time).reduce((sum, value) => sum + value, 0),
      );
      expect(rows.every((hidden) => hidden === 1 || hidden === 2)).toBe(true); // 0.4 · 5, or the last alone
    }
  });

  it('hides the same steps after a restart, and others in the next epoch', () => {
    const { batchesFrom } = createTrainingSource(build(), train, createOptions());
    const all = [...batchesFrom(0, createRng(2))];
    expect([...batchesFrom(1, createRng(2))]).toEqual(all.slice(1));
    const list = (seed: number) => [...batchesFrom(0, createRng(seed))].flatMap(({ hiddenSteps }) => [...hiddenSteps!]);
    expect(list(3)).not.toEqual(list(2));
  });

  it('leaves other models their windows', () => {
    const network = sequencePooling({ dim: 5, history: 4 }).build(train.catalogue, createRng(1));
    const [batch] = createTrainingSource(network, train, createOptions()).batchesFrom(0, createRng(2));
    expect(batch!.hiddenSteps).toBeUndefined();
    expect(batch!.time).toBe(4);
  });

  it('refuses subsequences for a model that hides steps', () => {
    const windows = { length: 5, layout: 'subsequences' } as const;
    expect(() => createTrainingSource(build(), train, createOptions({ windows }))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(windows.layout): expected 'windows' for a model that predicts hidden items of its windows, received 'subsequences'. Leave layout out.]`,
    );
  });

  it.each<[string, Loss]>([
    ['the softmax over all items', softmaxLoss()],
    ['a sampled softmax', sampledSoftmaxLoss()],
  ])('trains a model that hides steps with %s', { timeout: 60_000 }, async (_, loss) => {
    const optimizer = adam({ learningRate: 0.01 });
    const negatives = loss.kind === 'ranking' ? uniformNegatives({ count: 5 }) : undefined;
    const losses: number[] = [];
    for await (const epoch of fit(
      build(),
      train,
      createOptions({ loss, optimizer, negatives, epochs: 20, batchSize: 13 }),
    ))
      losses.push(epoch.loss);
    const mean = (epochs: readonly number[]) => epochs.reduce((sum, value) => sum + value, 0) / epochs.length;
    expect(mean(losses.slice(-5))).toBeLessThan(mean(losses.slice(0, 5)));
  });
});
