import { defineExperiment } from '@footlight/trainer';
import { lstm, measured } from '../talk-sequences.js';

export default defineExperiment({
  ...measured({ faithful: true, training: true }),
  ...lstm,
  published: { 'mrr(sampled 200)': 0.12 },
});
