import { ials } from '@footlight/models';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../../experiments/latest-small.js';

export default defineSearch({
  space: (trial) =>
    defineExperiment({
      ...evaluation,
      model: ials({
        dim: trial.integer('dim', { low: 16, high: 128, step: 16 }),
        confidence: trial.float('confidence', { low: 1, high: 100, log: true }),
        regularization: trial.float('regularization', { low: 1, high: 300, log: true }),
      }),
    }),
  objective: { metric: 'ndcg@10' },
  trials: 100,
});
