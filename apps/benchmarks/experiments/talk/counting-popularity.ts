import { defineExperiment } from '@footlight/trainer';
import { createCountingEvaluation, popularity } from '../talk-sequences.js';

export default defineExperiment({
  ...createCountingEvaluation(),
  ...popularity,
  published: { 'mrr(sampled 200)': 0.07 },
});
