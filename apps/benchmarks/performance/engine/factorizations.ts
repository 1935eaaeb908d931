import type { BenchmarkCase } from '../measure/benchmark-case.js';
import { batchSize, configurations, dim, startEpochs } from './factorization-training.js';
import { loadRatings } from './movielens-1m.js';
import { writeNumbers } from './write-numbers.js';

/** Epochs of implicit factorization on MovieLens 1M with `fit`, sampling and shuffling included. */
export const factorizations: BenchmarkCase[] = configurations.map((configuration) => ({
  group: `Factorization, MovieLens 1M, dim ${dim}, batch ${batchSize}`,
  name: configuration.name,
  unit: 'epoch',
  maxRatio: configuration.maxRatio,
  async prepare() {
    const train = await loadRatings();
    const epochs = startEpochs(configuration, train);
    return {
      run: async () => ({ seconds: (await epochs.next()).value!.seconds }),
      request: {
        work: configuration.peer,
        loss: configuration.loss.name,
        negatives: configuration.negatives,
        dim,
        batch: batchSize,
        userCount: train.catalogue.userCount,
        itemCount: train.catalogue.itemCount,
        users: writeNumbers('users', train.users),
        items: writeNumbers('items', train.items),
      },
    };
  },
}));
