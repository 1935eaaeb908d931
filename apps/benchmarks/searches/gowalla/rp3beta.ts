import { rp3beta } from '@footlight/models';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';
import { evaluations } from '../../experiments/gowalla.js';

export default defineSearch({
  space: (trial) =>
    defineExperiment({
      ...evaluations.honest,
      model: rp3beta({
        neighbors: trial.integer('neighbors', { low: 5, high: 500, log: true }),
        alpha: trial.float('alpha', { low: 0.2, high: 2 }),
        beta: trial.float('beta', { low: 0, high: 1 }),
      }),
    }),
  objective: { metric: 'recall@20' },
  trials: 60,
});
