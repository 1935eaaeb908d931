import { createRng } from '@footlight/core';
import { type Interactions, syntheticInteractions, toBaskets } from '@footlight/datasets';
import { adam, type Precision } from '@footlight/engine';
import { multinomialLoss } from '@footlight/losses';
import { multVae } from '@footlight/models';
import { constantPenalty, fit } from '@footlight/trainer';
import type { BenchmarkCase, PeerRequest } from '../measure/benchmark-case.js';
import { writeNumbers } from './write-numbers.js';

const [batchSize, itemCount, steps] = [500, 20_108, 4];
const sizes = { users: steps * batchSize, items: itemCount, interactions: steps * batchSize * 73 };

/** Heading with the model and its sizes. */
export const multVaeSizes = 'Mult-VAE, 20,108 items, 600-200-600, batch 500, 73 clicks per user';

/** Synthetic clicks: as many per user as in MovieLens 20M, on a catalogue of the same size. */
export function loadClicks(): Promise<Interactions> {
  return syntheticInteractions(sizes).load({ rng: createRng('clicks') });
}

/** Starts training for an unlimited number of epochs of a few steps each. */
export function startTraining(train: Interactions, precision: Precision): ReturnType<typeof fit> {
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

/** Creates the request for the same training with PyTorch. */
export function createMultVaeRequest(train: Interactions, precision: Precision): PeerRequest {
  const { offsets, items } = toBaskets(train);
  return {
    work: 'mult-vae',
    precision,
    batch: batchSize,
    itemCount,
    offsets: writeNumbers('offsets', offsets),
    items: writeNumbers('clicks', items),
  };
}

/** Training steps of a Mult-VAE. */
export const autoencoders: BenchmarkCase[] = (['fp32', 'bf16'] as const).map((precision: Precision) => ({
  group: multVaeSizes,
  name: precision,
  unit: 'step',
  maxRatio: 1 / 2,
  async prepare() {
    const train = await loadClicks();
    const epochs = startTraining(train, precision);
    return {
      run: async () => ({ seconds: (await epochs.next()).value!.seconds / steps }),
      request: createMultVaeRequest(train, precision),
    };
  },
}));
