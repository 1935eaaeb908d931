import { defineExperiment } from '@footlight/trainer';
import { counting, lstm } from '../talk-sequences.js';

export default defineExperiment({
  ...counting,
  ...lstm,
  published: { 'mrr(sampled 200)': 0.77 },
});
