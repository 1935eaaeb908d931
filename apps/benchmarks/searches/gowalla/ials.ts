import { ials } from '@footlight/models';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';
import { evaluations } from '../../experiments/gowalla.js';

export default defineSearch({
  space: (trial) =>
    defineExperiment({
      ...evaluations.honest,
      model: ials({
        dim: 64,
        unobservedWeight: trial.float('unobservedWeight', { low: 0.003, high: 1, log: true }),
        regularization: trial.float('regularization', { low: 1e-4, high: 0.1, log: true }),
        frequencyExponent: 1,
      }),
    }),
  objective: { metric: 'recall@20' },
  trials: 40,
});
