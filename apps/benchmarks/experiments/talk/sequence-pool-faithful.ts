import { defineExperiment } from '@footlight/trainer';
import { measured, pool } from '../talk-sequences.js';

export default defineExperiment({
  ...measured({ faithful: true }),
  ...pool,
  published: { 'mrr(sampled 200)': 0.14 },
});
