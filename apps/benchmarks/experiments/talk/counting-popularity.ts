import { defineExperiment } from '@footlight/trainer';
import { countingEvaluation, popularity } from '../talk-sequences.js';

export default defineExperiment({
  ...countingEvaluation,
  ...popularity,
  published: { 'mrr(sampled 200)': 0.07 },
});
