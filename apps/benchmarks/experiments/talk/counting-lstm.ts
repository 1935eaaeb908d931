import { defineExperiment } from '@footlight/trainer';
import { createCountingEvaluation, faithfulLstm } from '../talk-sequences.js';

export default defineExperiment({
  ...createCountingEvaluation(),
  ...faithfulLstm,
  published: { 'mrr(sampled 200)': 0.77 },
});
