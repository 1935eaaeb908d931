import { defineExperiment } from '@footlight/trainer';
import { countingEvaluation, faithfulLstm } from '../talk-sequences.js';

export default defineExperiment({
  ...countingEvaluation,
  ...faithfulLstm,
  published: { 'mrr(sampled 200)': 0.77 },
});
