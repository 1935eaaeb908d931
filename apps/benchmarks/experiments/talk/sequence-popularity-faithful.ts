import { defineExperiment } from '@footlight/trainer';
import { measured, popularity } from '../talk-sequences.js';

export default defineExperiment({
  ...measured({ faithful: true }),
  ...popularity,
  published: { 'mrr(sampled 200)': 0.12 },
});
