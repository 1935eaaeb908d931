import { defineExperiment } from '@footlight/trainer';
import { createCountingEvaluation, popularity } from '../talk-sequences.js';

export default defineExperiment({
  ...createCountingEvaluation({ training: true }),
  ...popularity,
  published: { 'mrr(sampled 200)': 0.07 },
});
