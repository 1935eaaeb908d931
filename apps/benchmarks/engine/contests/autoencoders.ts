import { createRng } from '@footlight/core';
import { type Interactions, syntheticInteractions, toBaskets } from '@footlight/datasets';
import { adam, type Precision } from '@footlight/engine';
import { multinomialLoss } from '@footlight/losses';
import { multVae } from '@footlight/models';
import { constantPenalty, fit } from '@footlight/trainer';
import type { Contest, Request } from '../contest.js';
import { fileOf } from './movielens-1m.js';

const [batchSize, itemCount, steps] = [500, 20_108, 4];
const people = { users: steps * batchSize, items: itemCount, interactions: steps * batchSize * 73 };

/** What is trained, for a heading. */
export const multVaeSizes = 'Mult-VAE, 20,108 items, 600-200-600, batch 500, 73 clicks per user';

/** As many clicks per user as in MovieLens 20M, on a catalogue as large. */
export function clicks(): Promise<Interactions> {
  return syntheticInteractions(people).load({ rng: createRng('clicks') });
}

/** Epochs of a few steps, without end. */
export function training(train: Interactions, precision: Precision): ReturnType<typeof fit> {
  return fit(multVae().build(train.catalogue, createRng('model')), train, {
    loss: multinomialLoss(),
    optimizer: adam({ learningRate: 1e-3, rows: 'dense' }),
    penalty: constantPenalty({ weight: 0.2 }),
    precision,
    epochs: Number.MAX_SAFE_INTEGER,
    batchSize,
    rng: createRng('fit'),
  });
}

/** The same of `peers.py`. */
export function requestOf(train: Interactions, precision: Precision): Request {
  const { offsets, items } = toBaskets(train);
  return {
    work: 'mult-vae',
    precision,
    batch: batchSize,
    itemCount,
    offsets: fileOf('offsets', offsets),
    items: fileOf('clicks', items),
  };
}

/** Steps of a Mult-VAE. */
export const autoencoders: Contest[] = (['fp32', 'bf16'] as const).map((precision: Precision) => ({
  group: multVaeSizes,
  name: precision,
  per: 'step',
  bar: 1 / 2,
  async prepare() {
    const train = await clicks();
    const epochs = training(train, precision);
    return {
      ours: async () => (await epochs.next()).value!.seconds / steps,
      request: requestOf(train, precision),
    };
  },
}));
