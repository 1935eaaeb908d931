import { uniformNegatives } from '@footlight/datasets';
import { adagrad } from '@footlight/engine';
import { warpLoss } from '@footlight/losses';
import { medianPruner } from '@footlight/studies';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';
import { training } from '../../experiments/talk.js';
import { validated } from '../talk.js';

export default defineSearch({
  space(trial) {
    const learningRate = trial.float('learningRate', { low: 3e-3, high: 0.1, log: true });
    return defineExperiment({
      ...validated,
      ...training,
      loss: warpLoss(),
      negatives: uniformNegatives({
        count: trial.integer('negatives', { low: 10, high: 50, step: 10 }),
        reject: 'seen',
      }),
      optimizer: () => adagrad({ learningRate }),
      epochs: trial.integer('epochs', { low: 5, high: 25, step: 5 }),
      batchSize: trial.categorical('batchSize', [256, 1024]),
    });
  },
  objective: { metric: 'mrr' },
  trials: 30,
  pruner: medianPruner({ warmupSteps: 2 }),
});
