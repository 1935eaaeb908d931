import { leaveLastOut, movielens, uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { medianPruner } from '@footlight/studies';
import { defineSearch, type Search } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';

const dataset = movielens('latest-small'); // outside of space: read once for all trials

const search: Search = defineSearch({
  space(trial) {
    const learningRate = trial.float('learningRate', { low: 1e-3, high: 1e-1, log: true });
    const l2 = trial.float('l2', { low: 1e-7, high: 1e-3, log: true });
    const dim = trial.integer('dim', { low: 16, high: 128, log: true });
    return defineExperiment({
      dataset,
      split: leaveLastOut(),
      model: factorization({ dim }),
      loss: bprLoss(),
      negatives: uniformNegatives({ count: 4 }),
      optimizer: () => adam({ learningRate, l2 }),
      metrics: [ndcg({ at: 10 })],
      epochs: 8,
      batchSize: 1024,
      seed: 42,
    });
  },
  objective: { metric: 'ndcg@10' },
  trials: 20,
  pruner: medianPruner({ warmupSteps: 1 }),
});

export default search;
