import { defineExperiment } from '@footlight/trainer';
import { createEvaluation, popularity } from '../talk-sequences.js';

export default defineExperiment({
  ...createEvaluation({ faithful: true, training: true }),
  ...popularity,
  published: { 'mrr(sampled 200)': 0.12 },
});
