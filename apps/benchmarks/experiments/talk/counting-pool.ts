import { defineExperiment } from '@footlight/trainer';
import { countingEvaluation, pool } from '../talk-sequences.js';

export default defineExperiment({
  ...countingEvaluation,
  ...pool,
  published: { 'mrr(sampled 200)': 0.13 },
});
