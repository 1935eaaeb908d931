import { defineExperiment } from '@footlight/trainer';
import { createEvaluation, pool } from '../talk-sequences.js';

export default defineExperiment({
  ...createEvaluation({ faithful: true, training: true }),
  ...pool,
  published: { 'mrr(sampled 200)': 0.17 },
});
