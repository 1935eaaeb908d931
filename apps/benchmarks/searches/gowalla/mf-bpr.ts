import { uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { tpeSampler } from '@footlight/studies';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';
import { evaluations } from '../../experiments/gowalla.js';
import { createFactorization } from '../../experiments/gowalla-learned.js';

const { refit: _, ...validated } = evaluations.honest;

/** The options of matrix factorization with BPR, chosen on a tenth of each user's training items. */
export default defineSearch({
  space(trial) {
    const learningRate = trial.float('learningRate', { low: 1e-3, high: 1e-2, log: true });
    const l2 = trial.float('l2', { low: 1e-8, high: 3e-5, log: true });
    return defineExperiment({
      ...createFactorization('as-published'),
      ...validated,
      negatives: uniformNegatives({ count: trial.categorical('negatives', [1, 2, 4]), reject: 'seen' }),
      optimizer: () => adam({ learningRate, l2 }),
      epochs: trial.integer('epochs', { low: 20, high: 80, step: 20 }),
    });
  },
  objective: { metric: 'recall@20' },
  trials: 24,
  sampler: tpeSampler(),
});
