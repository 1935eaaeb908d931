import { uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { factorization } from '@footlight/models';
import { medianPruner } from '@footlight/studies';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment, stopEarly } from '@footlight/trainer';
import { evaluation } from '../../experiments/latest-small.js';

export default defineSearch({
  space(trial) {
    const learningRate = trial.float('learningRate', { low: 1e-3, high: 3e-2, log: true });
    const l2 = trial.float('l2', { low: 1e-7, high: 1e-3, log: true });
    return defineExperiment({
      ...evaluation,
      model: factorization({ dim: trial.integer('dim', { low: 16, high: 128, step: 16 }) }),
      loss: bprLoss(),
      negatives: uniformNegatives({ count: trial.integer('negatives', { low: 1, high: 4 }), reject: 'seen' }),
      optimizer: () => adam({ learningRate, l2 }),
      batchSize: trial.categorical('batchSize', [256, 512, 1024]),
      epochs: 12,
      stopEarly: stopEarly({ metric: 'ndcg@10', patience: 4 }),
    });
  },
  objective: { metric: 'ndcg@10' },
  trials: 60,
  pruner: medianPruner({ warmupSteps: 3 }),
});
