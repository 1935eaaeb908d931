import { createRng } from '@footlight/core';
import { baskets, syntheticScale } from '@footlight/datasets';
import { adam, type Precision } from '@footlight/engine';
import { multinomialLoss } from '@footlight/losses';
import { multVae } from '@footlight/models';
import { constantPenalty, fit } from '@footlight/trainer';
import type { Contest } from '../contest.js';
import { fileOf } from './movielens-1m.js';

const [batchSize, itemCount, steps] = [500, 20_108, 4];
const people = { users: steps * batchSize, items: itemCount, interactions: steps * batchSize * 73 };

/** Steps of a Mult-VAE on a catalogue as large as that of MovieLens 20M, with as many clicks per user. */
export const autoencoders: Contest[] = (['fp32', 'bf16'] as const).map((precision: Precision) => ({
  group: 'Mult-VAE, 20,108 items, 600-200-600, batch 500, 73 clicks per user',
  name: precision,
  per: 'step',
  bar: 1 / 2,
  async prepare() {
    const train = await syntheticScale(people).load({ rng: createRng('clicks') });
    const epochs = fit(multVae().build(train.catalogue, createRng('model')), train, {
      loss: multinomialLoss(),
      optimizer: adam({ learningRate: 1e-3, rows: 'dense' }),
      penalty: constantPenalty({ weight: 0.2 }),
      precision,
      epochs: Number.MAX_SAFE_INTEGER,
      batchSize,
      rng: createRng('fit'),
    });
    const { offsets, items } = baskets(train);
    return {
      ours: async () => (await epochs.next()).value!.seconds / steps,
      request: {
        work: 'mult-vae',
        precision,
        batch: batchSize,
        itemCount,
        offsets: fileOf('offsets', offsets),
        items: fileOf('clicks', items),
      },
    };
  },
}));
