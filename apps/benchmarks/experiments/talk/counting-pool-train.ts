import { defineExperiment } from '@footlight/trainer';
import { createCountingEvaluation, pool } from '../talk-sequences.js';

export default defineExperiment({
  ...createCountingEvaluation({ training: true }),
  ...pool,
  published: { 'mrr(sampled 200)': 0.13 },
});
