import { tf } from '@footlight/engine';
import { bprLoss, multinomialLoss } from '@footlight/losses';
import type { Network } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { stopEarly } from '../fit/stop-early.js';
import { basketExperiment, createInteractions } from '../fixtures.js';
import { runExperiment } from '../run/run-experiment.js';
import { measureLoss } from './measure-loss.js';

// Three users, three items. User 0 has the items 0 and 1 and the target 2; user 1 has item 2 and the target 0; user 2
// has no target.
const heldOut = {
  history: createInteractions(
    [
      [0, 0],
      [0, 1],
      [1, 2],
      [2, 0],
    ],
    3,
    3,
  ),
  targets: createInteractions(
    [
      [0, 2],
      [1, 0],
    ],
    3,
    3,
  ),
};

/** Scores every item by log(1), log(2) and log(5): probabilities of 1/8, 2/8 and 5/8. The penalty is 3 per item. */
const network: Network = {
  reads: 'basket',
  parameters: {},
  encode: ({ baskets }) => {
    const sizes = Array.from(baskets!.offsets.slice(1), (end, row) => end - baskets!.offsets[row]!);
    return { vectors: tf.ones([sizes.length, 1, 1]), penalty: tf.tensor1d(sizes.map((size) => 3 * size)) };
  },
  score: (vectors) => tf.mul(vectors, tf.log(tf.tensor2d([[1, 2, 5]]))) as tf.Tensor2D,
};

describe('measureLoss', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  const options = { loss: multinomialLoss() };

  it('is the mean loss of reconstructing what users with targets are evaluated with, plus the weighted penalty', () => {
    // −log(1/8) − log(2/8) = 5 log 2 and −log(5/8); penalties 6 and 3.
    const reconstruction = (5 * Math.log(2) + Math.log(8 / 5)) / 2;
    expect(measureLoss(network, heldOut, { ...options, penaltyWeight: 0 })).toBeCloseTo(reconstruction, 6);
    expect(measureLoss(network, heldOut, { ...options, penaltyWeight: 0.2 })).toBeCloseTo(reconstruction + 0.9, 6);
    expect(measureLoss(network, heldOut, options)).toBeCloseTo(reconstruction + 4.5, 6);
  });

  it('does not depend on the batches, and leaves no tensors', () => {
    const before = tf.memory().numTensors;
    expect(measureLoss(network, heldOut, { ...options, batchSize: 1 })).toBeCloseTo(
      measureLoss(network, heldOut, options)!,
      6,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is undefined for models that do not read baskets', () => {
    expect(measureLoss({ ...network, reads: 'user' }, heldOut, options)).toBeUndefined();
    expect(measureLoss(network, heldOut, { loss: bprLoss() })).toBeUndefined();
  });

  it('stands in the report of a run: of the validation part by epoch, and of the test part', async () => {
    const watched = { metric: 'ndcg@10', patience: 3 } as const;
    const { epochs, testLoss } = await runExperiment({
      ...basketExperiment,
      epochs: 8,
      stopEarly: stopEarly(watched),
    });
    const losses = epochs.map(({ validationLoss }) => validationLoss!);
    expect(losses.every((loss) => loss > 0)).toBe(true);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    expect(testLoss).toBeGreaterThan(0);
  });
});
