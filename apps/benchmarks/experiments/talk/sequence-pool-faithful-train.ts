import { defineExperiment } from '@footlight/trainer';
import { measured, pool } from '../talk-sequences.js';

export default defineExperiment({
  ...measured({ faithful: true, training: true }),
  ...pool,
  published: { 'mrr(sampled 200)': 0.17 },
});
