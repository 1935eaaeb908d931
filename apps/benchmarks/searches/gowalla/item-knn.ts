import { itemKnn } from '@footlight/models';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';
import { evaluations } from '../../experiments/gowalla.js';

export default defineSearch({
  space: (trial) =>
    defineExperiment({
      ...evaluations.honest,
      model: itemKnn({
        neighbors: trial.integer('neighbors', { low: 5, high: 200, log: true }),
        shrink: trial.float('shrink', { low: 0, high: 50 }),
        weighting: trial.categorical('weighting', ['none', 'tf-idf', 'bm25']),
        similarity: 'asymmetric-cosine',
        asymmetry: trial.float('asymmetry', { low: 0.2, high: 0.8 }),
      }),
    }),
  objective: { metric: 'recall@20' },
  trials: 60,
});
