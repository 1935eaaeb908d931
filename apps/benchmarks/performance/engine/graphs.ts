import { createRng } from '@footlight/core';
import { gowalla, publishedSplit, selectRows, uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { lightGcn } from '@footlight/models';
import { fit } from '@footlight/trainer';
import type { BenchmarkCase } from '../measure/benchmark-case.js';
import { writeNumbers } from './write-numbers.js';

const [dim, layers, batch, steps] = [64, 3, 2048, 4];

/** Training steps of LightGCN on the graph of Gowalla, each of which propagates through the whole graph. */
export const graphs: BenchmarkCase[] = [
  {
    group: 'LightGCN, Gowalla, 3 layers, dim 64, batch 2,048; an epoch has 396 steps',
    name: 'BPR, Adam',
    unit: 'step',
    maxRatio: 1 / 2,
    async prepare() {
      const rng = createRng('benchmarks');
      const { train } = publishedSplit().split(await gowalla().load({ rng }), rng);
      const { userCount, itemCount } = train.catalogue;
      const network = lightGcn({ dim, layers }).build({ ...train.catalogue, interactions: train }, createRng('model'));
      const few = selectRows(train, rng.integers(train.users.length, new Int32Array(steps * batch)));
      const epochs = fit(network, few, {
        loss: bprLoss(),
        negatives: uniformNegatives({ count: 1 }),
        optimizer: adam({ learningRate: 1e-3 }),
        epochs: Number.MAX_SAFE_INTEGER,
        batchSize: batch,
        rng: createRng('fit'),
      });
      return {
        run: async () => ({ seconds: (await epochs.next()).value!.seconds / steps }),
        request: {
          work: 'light-gcn',
          ...{ userCount, itemCount, dim, layers, batch, steps },
          users: writeNumbers('gowalla-users', train.users),
          items: writeNumbers('gowalla-items', train.items),
        },
      };
    },
  },
];
