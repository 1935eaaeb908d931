import { ials } from '@footlight/models';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';
import { validated } from '../talk.js';

export default defineSearch({
  space: (trial) =>
    defineExperiment({
      ...validated,
      model: ials({
        dim: 128,
        confidence: trial.float('confidence', { low: 1, high: 100, log: true }),
        regularization: trial.float('regularization', { low: 1, high: 300, log: true }),
      }),
    }),
  objective: { metric: 'mrr' },
  trials: 60,
});
