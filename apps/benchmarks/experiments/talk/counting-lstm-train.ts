import { defineExperiment } from '@footlight/trainer';
import { createCountingEvaluation, faithfulLstm } from '../talk-sequences.js';

export default defineExperiment({
  ...createCountingEvaluation({ training: true }),
  ...faithfulLstm,
  published: { 'mrr(sampled 200)': 0.77 },
});
