import { defineExperiment } from '@footlight/trainer';
import { createEvaluation, faithfulLstm } from '../talk-sequences.js';

export default defineExperiment({
  ...createEvaluation({ faithful: true }),
  ...faithfulLstm,
  published: { 'mrr(sampled 200)': 0.11 },
});
