import { defineExperiment } from '@footlight/trainer';
import { counting, pool } from '../talk-sequences.js';

export default defineExperiment({
  ...counting,
  ...pool,
  published: { 'mrr(sampled 200)': 0.13 },
});
