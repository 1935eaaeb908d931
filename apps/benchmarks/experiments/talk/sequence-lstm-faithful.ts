import { defineExperiment } from '@footlight/trainer';
import { measured, lstm } from '../talk-sequences.js';

export default defineExperiment({
  ...measured({ faithful: true }),
  ...lstm,
  published: { 'mrr(sampled 200)': 0.11 },
});
